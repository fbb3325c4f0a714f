import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { MisuseError } from "../../../research/misuse.ts";
import { parseCapturedStarts } from "../../timeline/captured-start.ts";
import type { Sightings } from "../../timeline/timeline.ts";

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** @param file JSON, or JSON in gzip @throws MisuseError when the file cannot be read; Error when it is not what a capture is */
export function readCapturedStarts(file: string): Sightings[] {
  let text: string;
  try {
    const bytes = readFileSync(file);
    text = (isGzip(bytes) ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new MisuseError(`--from ${file}: ${code === "ENOENT" ? "no such file" : message}`, { cause });
  }
  return parseCapturedStarts(text, file);
}
