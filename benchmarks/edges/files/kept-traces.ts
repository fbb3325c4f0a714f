/** What the kernel recorded of each start, beside the rows: `trace --from FILE --why` explains it again. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Laboratory } from "../../design/experiment.ts";

const FOLDER = "why-traces";

/** @param folder of the platform @returns writes `why-traces/CONTAINER_ID.json.gz`, some 100 kB each */
export const traceKeeper =
  (folder: string): NonNullable<Laboratory["keepTrace"]> =>
  (containerId, capture) => {
    mkdirSync(join(folder, FOLDER), { recursive: true });
    writeFileSync(join(folder, FOLDER, `${containerId}.json.gz`), gzipSync(capture));
  };
