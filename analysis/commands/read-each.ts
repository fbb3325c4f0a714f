/** Reads the platforms that were asked for, once for whatever is made of them, and says what of them cannot be read. */
import { otherPlatforms } from "../edges/reading/other-platforms.ts";
import { type ResultsPlace, readPlatforms } from "../edges/reading/read-results.ts";
import { toolVersion } from "../edges/repository.ts";
import { brokenFiles, type Unread } from "../subjects/platform.ts";
import type { Subject } from "../subjects/subject.ts";
import { toSubject } from "../subjects/to-subject.ts";
import { complain } from "./print.ts";

export interface ReadEach {
  readonly subjects: readonly Subject[];
  readonly unread: readonly Unread[];
  /** Platforms of the results that were not asked for and tell how much sessions differ on the same hosts. */
  readonly others: () => readonly Subject[];
}

/**
 * What cannot be read is reported and makes the exit code 1; the rest is still explained.
 * @param fewest with fewer readable platforms it @throws the first error
 * @param withPaths as of {@link ResultsPlace}
 */
export function readEach(platforms: readonly string[], results: string, fewest: number, withPaths = false): ReadEach {
  const errors: Error[] = [];
  const unread: Unread[] = [];
  const refuse = (platform: string, error: Error): void => {
    errors.push(error);
    unread.push({ platform, reason: error.message });
  };
  const place: ResultsPlace = { resultsFolder: results, toolVersion: toolVersion(), withPaths };
  const sources = readPlatforms(platforms, place, refuse);
  if (errors[0] !== undefined && sources.length < fewest) throw errors[0];
  const broken = sources.flatMap((source) => brokenFiles(source).map((reason) => ({ platform: source.label, reason })));
  for (const { platform, reason } of [...unread, ...broken]) complain(`not read: ${platform}: ${reason}`);
  if (unread.length + broken.length > 0) process.exitCode = 1;
  return { subjects: sources.map(toSubject), unread, others: () => otherPlatforms(sources, place).map(toSubject) };
}
