/** The study's raw data, which is not ours to keep here: tests that need it are skipped where it is not at hand. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const beside = fileURLToPath(new URL("../../../shared/paper-data", import.meta.url));

/** The folder with one folder a platform, or `undefined`. */
export const paperData: string | undefined = [process.env.TIERBENCH_PAPER_DATA, beside].find(
  (folder) => folder !== undefined && existsSync(folder),
);
