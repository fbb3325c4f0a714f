/** What flags of `docker run` may refer to: files, variables and folders of the caller. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { env } from "node:process";
import type { Surroundings } from "../../design/flags/flag.ts";

export const SURROUNDINGS: Surroundings = {
  read: (path) => readFileSync(path, "utf8"),
  variable: (name) => env[name],
  absolute: (path) => resolve(path),
};
