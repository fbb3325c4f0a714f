/** Where this program lies, and which version of it this is. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The repository's own `results/`, unless the user names another. */
export const defaultResultsFolder = (): string => fromRoot("results");

/** Where `paper fetch` puts the study's data, which is not ours to keep in the repository. */
export const defaultPaperFolder = (): string => fromRoot("paper-data");

/** The version in package.json. */
export function toolVersion(): string {
  const { version } = JSON.parse(readFileSync(fromRoot("package.json"), "utf8")) as { version: string };
  return version;
}
