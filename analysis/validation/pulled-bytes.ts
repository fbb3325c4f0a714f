/** The bytes of a pull: those of its layers together, of a layer always the same, and no more than its image can have. */
import type { Session } from "../../research/manifest.ts";
import type { AnyRow } from "../../research/tables/catalogue.ts";

type Say = (value: string, line: number | null, what: string, expected: string) => void;

/** Two layers of random bytes, the names of files in an archive, and what compression adds where it saves nothing. */
const BESIDE_FILES = 1e9;

interface Pulled {
  readonly line: number | null;
  /** As announced; `null` where that of a layer was not. */
  readonly bytes: number | null;
  layers: number;
  sum: number;
  unannounced: number;
}

/** Sees the rows of a table one after the other. */
export function pulledBytes(
  sessions: readonly Session[],
  say: Say,
): { readonly add: (row: AnyRow, line: number | null) => void; readonly end: () => void } {
  const most = new Map(sessions.map((session) => [session.session, mostOf(session)]));
  const ofLayer = new Map<string, number>();
  let pull: Pulled | undefined;
  const end = (): void => {
    if (pull !== undefined) asWhole(pull, say);
    pull = undefined;
  };
  const add = (row: AnyRow, line: number | null): void => {
    if (!("layer" in row)) return;
    const { layer, bytes } = row;
    if (layer === null) {
      end();
      pull = row.outcome === "ok" ? { line, bytes, layers: 0, sum: 0, unannounced: 0 } : undefined;
      const limit = most.get(row.session)?.get(row.image);
      if (bytes !== null && limit !== undefined && bytes > limit)
        say(`${bytes}`, line, "it is more than the image has, as platform.json describes it", `${limit} at most`);
      return;
    }
    if (pull !== undefined) {
      pull.layers += 1;
      pull.sum += bytes ?? 0;
      if (bytes === null) pull.unannounced += 1;
    }
    if (bytes === null) return;
    // Layers are named by the digest of their bytes.
    const before = ofLayer.get(layer) ?? bytes;
    ofLayer.set(layer, before);
    if (bytes !== before) say(`${bytes}`, line, `layer ${layer} had other bytes before`, `${before}`);
  };
  return { add, end };
}

/** An engine may announce no layer, or not how large one is. */
function asWhole({ line, bytes, layers, sum, unannounced }: Pulled, say: Say): void {
  if (layers === 0) return;
  const what = "the bytes of a pull are those of its layers; is one of them missing?";
  if (bytes === null && unannounced === 0) say("", line, what, `${sum}`);
  if (bytes !== null && (unannounced > 0 || sum !== bytes)) say(`${bytes}`, line, what, unannounced > 0 ? "empty" : `${sum}`);
}

/** By condition. */
function mostOf({ experiments = [], images }: Session): ReadonlyMap<string, number> {
  const used = experiments.find(({ name }) => name === "pull")?.images ?? [];
  return new Map(
    used.flatMap(({ name, conditions }) => {
      const size = images.find((image) => image.name === name)?.size_bytes;
      return size === undefined ? [] : conditions.map((condition) => [condition, 2 * size + BESIDE_FILES] as const);
    }),
  );
}
