/** Of the starts that a session explained, one of each image keeps its critical path: all of them would be 100 kB a start. */
import { type WhyRow, whyTable } from "../../../research/tables/why.ts";
import { whyPathTable } from "../../../research/tables/why-path.ts";
import type { Laboratory } from "../../design/experiment.ts";
import type { OpenRecorder } from "../../design/ports.ts";
import type { PlatformFolder } from "../../edges/files/platform-folder.ts";
import type { PathStep } from "../../timeline/causes/start-causes.ts";

export interface PathKeeper {
  readonly keep: NonNullable<Laboratory["keepPath"]>;
  /** Writes the paths of the starts with the middle totals, once the rows of all are there; nothing where there are none. */
  readonly record: (rowsOf: PlatformFolder["rowsOf"], openRecorder: OpenRecorder) => void;
}

export function pathKeeper(): PathKeeper {
  const paths = new Map<string, readonly PathStep[]>();
  return {
    keep: (containerId, path) => void paths.set(containerId, path),
    record: (rowsOf, openRecorder) => {
      if (paths.size === 0) return;
      const chosen = middleStarts(rowsOf(whyTable).rows.filter(({ container_id }) => paths.has(container_id ?? "")));
      if (chosen.length === 0) return;
      using recorder = openRecorder(whyPathTable);
      for (const { trial, image, container_id } of chosen) {
        // Its number in why.csv, not one of its own.
        const rows = (paths.get(container_id ?? "") ?? []).map((step) => ({ ...step, trial, image }));
        recorder.record(...rows);
      }
    },
  };
}

/** Of each image the start with the middle total, or the lower of two; no warm-up. */
export function middleStarts(rows: readonly WhyRow[]): WhyRow[] {
  const starts = new Map(rows.filter(({ warmup }) => !warmup).map((row) => [row.container_id, row]));
  const images = new Set([...starts.values()].map(({ image }) => image));
  return [...images].flatMap((image) => {
    const own = [...starts.values()].filter((row) => row.image === image);
    own.sort((a, b) => (a.total_ns ?? 0) - (b.total_ns ?? 0));
    return own[(own.length - 1) >> 1] ?? [];
  });
}
