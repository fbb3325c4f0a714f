/** Whole commands on platforms with one damaged file: what they print, and how they end. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { mutatedFile } from "./mutated-file.ts";
import { type Pick, picker } from "./mutations.ts";
import type { FuzzSubject } from "./subjects.ts";

export interface CommandRun {
  readonly code: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Nothing that a terminal obeys. */
const CONTROL = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/u;
/** Words of the language and not of the tool, outside of quotation marks, within which the file's own text stands; lines of a stack. */
const RAW =
  /NaN|Infinity|undefined|\[object |TypeError|RangeError|Cannot |is not a function|not iterable|^\s+at .*:\d+:\d+\)?$|^\s+at (native|<anonymous>)/m;
const quoted = /"(?:[^"\\]|\\.)*"/g;

const paperData = env.TIERBENCH_PAPER_DATA;
const DAMAGED = "damaged";
const WHOLE = "whole";

const COMMANDS: readonly ((root: string, pick: Pick) => readonly string[])[] = [
  (root) => ["analyze", join(root, DAMAGED)],
  (root) => ["analyze", join(root, DAMAGED), "--full", "--phases"],
  (root, pick) => ["analyze", join(root, DAMAGED), "--format", ["json", "csv", "markdown", "latex"][pick(4)] as string],
  (root) => ["compare", join(root, DAMAGED), join(root, WHOLE)],
  (root) => ["compare", join(root, WHOLE), join(root, DAMAGED), "--full", "--reference", join(root, WHOLE), "--threshold", "5%"],
  (root) => ["platform", "validate", join(root, DAMAGED)],
];
/** Takes seconds: they draw, or read the study's data, where it is. */
const SLOW: readonly ((root: string) => readonly string[])[] = [
  (root) => ["figures", join(root, DAMAGED), "--out", join(root, "figures")],
  (root) => ["report", join(root, DAMAGED), join(root, WHOLE), "--out", join(root, "report.html")],
  ...(paperData === undefined ? [] : [(root: string) => ["paper", "audit", "--data", paperData, "--with", join(root, DAMAGED)]]),
];

/** @returns what must not be; `undefined` where all is well */
export function unfit({ code, stdout, stderr }: CommandRun, file: string): string | undefined {
  const control = CONTROL.exec(stdout + stderr);
  if (control !== null) return `prints the character ${JSON.stringify(control[0])}`;
  const raw = RAW.exec((stdout + stderr).replaceAll(quoted, '""'));
  if (raw !== null)
    return `says ${JSON.stringify((stdout + stderr).replaceAll(quoted, '""').slice(Math.max(0, raw.index - 80), raw.index + 80))}`;
  if (code === 0 || code === undefined || code === 3) return undefined;
  if (code !== 1 && code !== 2) return `exits with ${code}`;
  return `${stdout}${stderr}`.includes(file) || stdout !== "" ? undefined : `fails without naming ${file}: ${stderr}`;
}

/** Runs `count` commands, each on another damage. @returns what must not be, with the seed that makes it again */
export async function fuzzCommands(
  subjects: readonly FuzzSubject[],
  run: (args: readonly string[]) => Promise<CommandRun>,
  { count, seed, slow }: { readonly count: number; readonly seed: number; readonly slow: boolean },
): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), "tierbench-fuzz-"));
  const failures: string[] = [];
  try {
    for (const folder of [DAMAGED, WHOLE]) {
      mkdirSync(join(root, folder));
      for (const { name, text } of subjects) writeFileSync(join(root, folder, name), text);
    }
    for (let index = 0; index < count; index += 1) {
      const own = seed * 1_000_003 + index;
      const pick = picker(own);
      const { name, text } = subjects[pick(subjects.length)] as FuzzSubject;
      const commands = slow ? [...COMMANDS, ...SLOW] : COMMANDS;
      const args = (commands[pick(commands.length)] as (typeof COMMANDS)[number])(root, pick);
      writeFileSync(join(root, DAMAGED, name), mutatedFile(name, text, pick));
      const problem = unfit(await run(args), name);
      if (problem !== undefined) failures.push(`${args.join(" ").replaceAll(`${root}/`, "")}, ${name}, seed ${own}: ${problem}`);
      writeFileSync(join(root, DAMAGED, name), text);
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  return failures;
}
