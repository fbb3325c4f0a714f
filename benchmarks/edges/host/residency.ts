/** How much of each file is in the page cache, and how to evict single ones. Paths are bytes: they are passed separated by NUL. */
import { spawnSync } from "node:child_process";
import type { Path } from "../images/layer-folders.ts";

const NUL = Buffer.from("\0");
const MOST_OUTPUT_BYTES = 256 << 20;
/** Processes; an image that was just built has thousands of files in memory. */
const AT_A_TIME = "4";

/**
 * Bytes of each file in memory, in the files' order.
 * @throws Error when that cannot be determined for one of them
 */
export function residency(files: readonly Path[]): number[] {
  const command = ["-0", "-r", "fincore", "--bytes", "--noheadings", "--raw", "--output", "RES", "--"];
  const { stdout, stderr, error } = spawnSync("xargs", command, { input: joined(files), maxBuffer: MOST_OUTPUT_BYTES });
  const lines = stdout?.toString("latin1").split("\n").slice(0, -1) ?? [];
  // One line a file, none of one that could not be read.
  if (lines.length !== files.length)
    throw new Error(
      `fincore tells of ${lines.length} of ${files.length} files whether they are in memory: ${error?.message ?? lastLine(stderr)}`,
    );
  return lines.map(Number);
}

/** Advises the kernel to drop each file as a whole. What of it stays, {@link residency} shows. */
export function evictFiles(files: readonly Path[]): void {
  // `dd` with no blocks to copy reads nothing and calls posix_fadvise (POSIX_FADV_DONTNEED).
  const command = ["-0", "-r", "-P", AT_A_TIME, "-I", "FILE", "dd", "if=FILE", "iflag=nocache", "count=0", "status=none"];
  spawnSync("xargs", command, { input: joined(files), stdio: ["pipe", "ignore", "ignore"] });
}

const joined = (files: readonly Path[]): Buffer => Buffer.concat(files.flatMap((file) => [file, NUL]));
const lastLine = (text: Buffer | null): string => text?.toString("utf8").trim().split("\n").at(-1) || "it said nothing";
