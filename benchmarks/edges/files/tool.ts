/** Which tierbench this is. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const toolRoot = fileURLToPath(new URL("../../..", import.meta.url));

export const toolVersion = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(`${toolRoot}/package.json`, "utf8"))).version;

/** The commit of this checkout, with `+changes` when files differ from it; `null` outside a checkout. */
export function toolCommit(): string | null {
  const git = (...args: string[]): string =>
    execFileSync("git", ["-C", toolRoot, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  try {
    // Installed as a package, it may lie within a checkout of something else.
    if (git("rev-parse", "--show-prefix") !== "") return null;
    const commit = git("rev-parse", "HEAD");
    // Results are what a run writes: they do not change the program.
    return git("status", "--porcelain", "--", ":!results", ":!paper-figures") === "" ? commit : `${commit}+changes`;
  } catch {
    return null;
  }
}
