import { readFileSync } from "node:fs";
import { MisuseError } from "../../../research/misuse.ts";
import { parseCapturedStarts } from "../../timeline/captured-start.ts";
import type { Sightings } from "../../timeline/timeline.ts";

/** @throws MisuseError when the file cannot be read; Error when it is not what a capture is */
export function readCapturedStarts(file: string): Sightings[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new MisuseError(`--from: ${(cause as Error).message}`, { cause });
  }
  return parseCapturedStarts(text, file);
}
