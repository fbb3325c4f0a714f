/** Runs that are killed again and again at any moment, and resumed each time: exactly what was planned is there at the end. */
import { readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { oneOfEach } from "../benchmarks/design/recorded-trials.ts";
import { OWNER_LABEL } from "../benchmarks/edges/host/owner.ts";
import { parseManifest } from "../research/manifest.ts";
import { TABLES } from "../research/tables/catalogue.ts";
import { begin, tierbench } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";

const KILLS = 5;
const ATTEMPTS = 20;
/** Of a busy machine, where a start takes many times as long. */
const PATIENCE_MS = 600_000;

const { found, folder } = engineAndFolder("resumes");
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };

/** What tells the trials of a platform apart, in the order of their rows, numbers left out. */
function trialsOf(label: string): string[] {
  return TABLES.flatMap(({ name, parse }) => {
    let text: string;
    try {
      text = readFileSync(join(folder, label, `${name}.csv`), "utf8");
    } catch {
      return [];
    }
    const rows = parse(text, name) as (Record<string, unknown> & { session: number; trial: number })[];
    const keys = ["session", "block", "warmup", "image", "mode", "storage", "size", "rung", "population", "network"];
    return oneOfEach(rows).map((row) => [name, ...keys.map((key) => row[key] ?? "")].join(" "));
  });
}

const manifestOf = (label: string) => parseManifest(readFileSync(join(folder, label, "platform.json"), "utf8"), label, version);

/** A file that a machine left cut in mid-row when it went down: of a session that has ended, all rows were on disk by then. */
function cutLastRow(label: string, table: string): void {
  if (manifestOf(label).sessions.at(-1)?.seal !== undefined) return;
  const file = join(folder, label, `${table}.csv`);
  const text = readFileSync(file, "utf8");
  if (text.trimEnd().split("\n").length > 2) truncateSync(file, Buffer.byteLength(text) - 5);
}

/** It may have ended by itself. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // All that was left is done.
  }
}

async function killedAndResumed(args: readonly string[], labels: readonly string[], waits: readonly number[]): Promise<void> {
  for (const [index, wait] of waits.entries()) {
    const { child, ended, errors } = begin([...args, "--resume"]);
    // The first is killed before it has measured anything; the others go on until they have done something.
    if (index > 0) await expect.poll(errors, { timeout: PATIENCE_MS }).toMatch(/block \d+\/|complete/);
    await setTimeout(wait);
    killGroup(child.pid as number);
    await ended;
    if (index % 3 === 1)
      for (const label of labels)
        try {
          cutLastRow(label, "startup");
        } catch {
          /* nothing is there yet */
        }
  }
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { code, stderr } = await tierbench([...args, "--resume"]);
    expect(code, stderr).toBe(0);
    if (stderr.includes("complete already")) return;
  }
  expect.fail(`not complete after ${ATTEMPTS} attempts`);
}

const waits = (from: number, step: number): number[] => Array.from({ length: KILLS }, (_, index) => from + step * index);
const usual = (platforms: readonly string[]): string[] => [
  ...platforms.flatMap((platform) => ["--platform", platform]),
  ...["--out", folder, "--images", "small", "--seed", "11"],
];

it.each([
  ["of two sessions", ["startup"], ["--iterations", "6", "--sessions", "2"]],
  ["of several experiments", ["startup", "copy-up", "write", "burst"], ["--iterations", "2", "--sessions", "1"]],
  ["of everything", ["all"], ["--iterations", "1", "--sessions", "1"]],
])("a run %s", { timeout: 6 * PATIENCE_MS }, async (name, experiments, more) => {
  const label = name.replaceAll(" ", "-");
  const args = (of: string): string[] => ["run", ...experiments, ...usual([of]), "--engine", found.url, ...more];
  await killedAndResumed(args(label), [label], waits(400, 270));
  expect((await tierbench(args(`${label}-whole`))).code).toBe(0);
  expect(trialsOf(label)).toEqual(trialsOf(`${label}-whole`));
  const { sessions } = manifestOf(label);
  expect(sessions.every(({ ending }) => ending === "complete")).toBe(true);
  const left = await found.engine.docker.listContainers({ all: true, filters: JSON.stringify({ label: [OWNER_LABEL] }) });
  expect(left).toEqual([]);
});

it("platforms in turns", { timeout: 6 * PATIENCE_MS }, async () => {
  const args = (a: string, b: string): string[] => [
    ...["run", "startup", ...usual([`${a}=${found.url}`, `${b}=${found.url}`]), "--iterations", "4", "--sessions", "2"],
  ];
  await killedAndResumed(args("a", "b"), ["a", "b"], waits(400, 310));
  expect((await tierbench(args("c", "d"))).code).toBe(0);
  expect([trialsOf("a"), trialsOf("b")]).toEqual([trialsOf("c"), trialsOf("d")]);
});
