/** The study's raw data, which is not ours to keep here: tests that need it are skipped where it is not at hand. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const fetched = fileURLToPath(new URL("../../paper-data", import.meta.url));
const beside = fileURLToPath(new URL("../../../shared/paper-data", import.meta.url));

/** The folder with one folder a platform: named by TIERBENCH_PAPER_DATA, or as `tierbench paper fetch` leaves it. */
export const paperData: string | undefined = [process.env.TIERBENCH_PAPER_DATA, fetched, beside].find(
  (folder) => folder !== undefined && existsSync(folder),
);
