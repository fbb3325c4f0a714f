/** Tables of `run study` for tests, from starts that a test names. */
import { IMAGE_SIZES } from "../../research/protocol.ts";
import { studyDimensionsTable } from "../../research/tables/study/dimensions.ts";
import { studyPullTable } from "../../research/tables/study/pull.ts";
import { studyWarmTable } from "../../research/tables/study/starts.ts";
import { nanoseconds } from "../../research/units.ts";
import { scaled, startupRow, WHOLE_START_MS } from "./rows.ts";

const FACTORS = [1, 1.02, 0.98, 1.05, 0.97, 1.01, 1.2];
/** Of a start of 100 ms: its exit, and the answer to the wait for its removal. */
const END_MS = { entry_exit: 101, removed: 180 };
const [BEFORE_MS, WALL_MS] = [20, 210];
const ms = (time: number) => nanoseconds(Math.round(time * 1e6));

/** @param slower than a start of 100 ms in a docker run of 210 ms */
export function studyCsv(slower: number): Record<"study-warm" | "study-dimensions" | "study-pull", string> {
  const trials = FACTORS.flatMap((factor, block) =>
    IMAGE_SIZES.map((image, place) => ({ factor: factor * slower, block: block + 1, trial: 3 * block + place + 1, image })),
  );
  const warm = trials.map(({ factor, block, trial, image }) => {
    const { gap_ns: _, ...start } = startupRow({ block, trial, offsets_ms: scaled({ ...WHOLE_START_MS, ...END_MS }, factor) });
    const times = { wall_ns: ms(WALL_MS * factor), before_create_ns: ms(BEFORE_MS * factor) };
    return studyWarmTable.formatRow({ ...start, ...times, image });
  });
  const { started_unix_ns } = startupRow();
  const common = { session: 1, warmup: false, outcome: "ok", container_id: null, started_unix_ns, reason: null } as const;
  const pulls = trials.map(({ factor, block, trial, image }) =>
    studyPullTable.formatRow({ ...common, trial, block, image, wall_ns: ms(900 * factor) }),
  );
  const dimensions = FACTORS.flatMap((factor, block) =>
    [
      { dimension: "copy-up", subject: "100", wall_ns: ms(1300 * factor), baseline_ns: ms(210 * factor) } as const,
      {
        dimension: "network",
        subject: "host",
        wall_ns: ms(4000),
        printed: `round-trip min/avg/max = 0.5/${factor}/3 ms`,
      } as const,
    ].map((cells, place) =>
      studyDimensionsTable.formatRow({
        ...common,
        ...studyDimensionsTable.unmeasured,
        ...cells,
        trial: 2 * block + place + 1,
        block: block + 1,
      }),
    ),
  );
  return {
    "study-warm": studyWarmTable.header + warm.join(""),
    "study-pull": studyPullTable.header + pulls.join(""),
    "study-dimensions": studyDimensionsTable.header + dimensions.join(""),
  };
}
