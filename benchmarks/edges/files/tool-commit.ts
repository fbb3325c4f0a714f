/** Which commit of tierbench this is. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const toolRoot = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * The commit of this checkout, with `+changes` when files differ from it; `null` outside a checkout. In the published package
 * it is a constant (scripts/bundle.mjs).
 */
export function toolCommit(): string | null {
  const git = (...args: string[]): string =>
    execFileSync("git", ["-C", toolRoot, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  try {
    // A copy without its .git may lie within a checkout of something else.
    if (git("rev-parse", "--show-prefix") !== "") return null;
    const commit = git("rev-parse", "HEAD");
    // Results are what a run writes: they do not change the program.
    return git("status", "--porcelain", "--", ":!results", ":!paper-figures") === "" ? commit : `${commit}+changes`;
  } catch {
    return null;
  }
}
