/**
 * The study's raw files → a folder of ours, each checked by its SHA-256. What is there and right is kept, what cannot
 * be fetched is named, and the others are still fetched; a second call continues where the first one ended.
 */
import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { MisuseError } from "../../research/misuse.ts";
import type { StudySource } from "../paper/source.ts";
import { writeFile } from "./drawing/write.ts";
import { readBytes } from "./reading/read-text.ts";

export interface FetchReport {
  readonly kept: number;
  readonly fetched: number;
  /** Paths below the folder, with the reason in one line. */
  readonly failed: readonly { readonly file: string; readonly reason: string }[];
}

/** The bytes of a file, named by its path below the study's folder. */
export type ReadFile = (file: string) => Promise<Uint8Array>;

/** The server is unreachable: asking it for the next file would only take as long to fail. */
class UnreachableError extends Error {
  override readonly name = "UnreachableError";
}

/**
 * Every file is in the report, whatever became of it.
 * @throws Error when the folder cannot be written to
 */
export async function fetchStudy(sha256: StudySource["sha256"], folder: string, read: ReadFile): Promise<FetchReport> {
  const report = { kept: 0, fetched: 0, failed: [] as { file: string; reason: string }[] };
  let unreachable: string | undefined;
  for (const [platform, files] of Object.entries(sha256)) {
    for (const [name, expected] of Object.entries(files)) {
      const file = `${platform}/${name}`;
      const path = join(folder, platform, name);
      let bytes: Uint8Array;
      try {
        if (sumOf(path) === expected) {
          report.kept += 1;
          continue;
        }
        if (unreachable !== undefined) throw new Error(unreachable);
        bytes = await read(file);
        const got = sha256Of(bytes);
        if (got !== expected) throw new Error(`SHA-256 ${got} of ${bytes.length} bytes, expected ${expected}; not kept`);
      } catch (error) {
        const reason = (error as Error).message;
        if (error instanceof UnreachableError) unreachable = reason;
        report.failed.push({ file, reason });
        continue;
      }
      writeInto(folder, path, bytes);
      report.fetched += 1;
    }
  }
  return report;
}

/**
 * A folder at hand: a clone of the study's repository, or a copy of its data.
 * @throws MisuseError when there is no such folder
 */
export function fromFolder(given: string, { folder: inside, sha256 }: Pick<StudySource, "folder" | "sha256">): ReadFile {
  if (!statSync(given, { throwIfNoEntry: false })?.isDirectory()) throw new MisuseError(`--from ${given}: no such folder`);
  const places = [given, join(given, inside)];
  const folder = places.find((place) => Object.keys(sha256).some((platform) => existsSync(join(place, platform)))) ?? given;
  return async (file) => {
    const path = join(folder, file);
    if (!existsSync(path)) throw new Error(`not in ${folder}`);
    return readBytes(path);
  };
}

const PATIENCE_MS = 30_000;

/** Codes of Node's for a host that cannot be found or does not listen. */
const NO_CONNECTION: ReadonlySet<string> = new Set([
  ...["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH", "ENETDOWN", "UND_ERR_CONNECT_TIMEOUT"],
]);

/** @param baseUrl the URL of the study's folder, without a slash at its end */
export const fromUrl =
  (baseUrl: string): ReadFile =>
  async (file) => {
    try {
      const response = await fetch(`${baseUrl}/${file}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
      if (response.ok) return new Uint8Array(await response.arrayBuffer());
      await response.body?.cancel();
      throw new Error(`HTTP ${response.status} ${response.statusText}`.trimEnd());
    } catch (error) {
      throw downloadError(baseUrl, error as Error);
    }
  };

/** fetch says "fetch failed" or "terminated", and why in the cause. */
function downloadError(baseUrl: string, error: Error): Error {
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  const at = `from ${baseUrl}`;
  if (error.name === "TimeoutError")
    return new Error(`no complete answer within ${PATIENCE_MS / 1000} s ${at}`, { cause: error });
  if (cause === undefined) return new Error(`${error.message} ${at}`, { cause: error });
  const why = cause.code ?? cause.message;
  if (!NO_CONNECTION.has(why)) return new Error(`the connection broke off (${why}) ${at}`, { cause: error });
  return new UnreachableError(`no connection to ${new URL(baseUrl).host} (${why}): is the network available?`, { cause: error });
}

function writeInto(folder: string, path: string, bytes: Uint8Array): void {
  try {
    writeFile(path, bytes);
  } catch (cause) {
    throw new Error(`cannot write to ${folder}: ${(cause as Error).message}; give another folder with --data`, { cause });
  }
}

/** SHA-256 of a file in hexadecimal; `undefined` where there is none. @throws Error for what is no regular file */
export const sumOf = (path: string): string | undefined => (existsSync(path) ? sha256Of(readBytes(path)) : undefined);
const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** What there is to say of it: a line for each reason, one of what is there, and the error when something is missing in the end. */
export function fetchOutcome({ kept, fetched, failed }: FetchReport, folder: string, study: StudySource) {
  const files = new Map<string, string[]>();
  for (const { file, reason } of failed) files.set(reason, [...(files.get(reason) ?? []), file]);
  return {
    complaints: [...files].map(
      ([reason, [first, ...more]]) => `not fetched: ${more.length === 0 ? first : `${first} and ${more.length} more`}: ${reason}`,
    ),
    summary: `${folder}: ${kept + fetched} files with the right SHA-256 (${kept} kept, ${fetched} fetched)\n`,
    failure:
      failed.length === 0
        ? null
        : `${failed.length} of ${kept + fetched + failed.length} files are missing in ${folder}; run it again to fetch only those, or copy them from a clone of ${study.repository} at ${study.commit.slice(0, 12)} with --from DIR/${study.folder}`,
  };
}
