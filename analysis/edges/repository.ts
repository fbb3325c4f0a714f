/** Where this program lies, and which version of it this is. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The repository's own `results/`, for its documents and tests; a user's are in the folder where the command is run. */
export const committedResults = (): string => fromRoot("results");

/** Where `paper fetch` puts the study's data when it is run in the repository, which git ignores. */
export const fetchedPaperData = (): string => fromRoot("paper-data");

/** The version in package.json. */
export function toolVersion(): string {
  const { version } = JSON.parse(readFileSync(fromRoot("package.json"), "utf8")) as { version: string };
  return version;
}
