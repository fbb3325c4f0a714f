import { type ChildProcess, fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { owner } from "../host/owner.ts";
import { takeLock } from "./lock.ts";

/** Of a process that does not exist: ids do not get that high. */
const DEAD = "4194305.1";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tierbench-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const leave = (lock: string): void => writeFileSync(join(folder, ".lock"), lock);
const take = () => takeLock(join(folder, ".lock"));
const holderNow = () => readFileSync(join(folder, ".lock"), "utf8").split("\n")[0];
/** What gives it back. */
const held = () => {
  const lock = take();
  if ("holder" in lock) throw new Error(`held by ${lock.holder.name}`);
  return lock;
};

test("is held by one at a time, and given back without a trace", () => {
  const lock = held();
  expect(holderNow()).toBe(owner);
  expect(take()).toMatchObject({ holder: { name: owner, state: "alive" } });
  expect(readdirSync(folder)).toEqual([".lock"]);
  lock[Symbol.dispose]();
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ["of a process that died", DEAD],
  ["of an earlier boot", `1.1.4026531836.00000000@${owner.slice(owner.indexOf("@") + 1)}\nstartup\n`],
  ["that is none", ""],
  ["that is none", "../x"],
])("a lock %s is taken over: %j", (_, lock) => {
  leave(lock);
  held();
  expect(holderNow()).toBe(owner);
  expect(readdirSync(folder)).toEqual([".lock"]);
});

test("the successor of a dead holder has it, unless it has died, too", () => {
  leave(DEAD);
  // The state between the two steps of a takeover, in case the process dies between them.
  const after = join(folder, `.lock.after.${createHash("sha256").update(DEAD).digest("hex").slice(0, 16)}`);
  writeFileSync(after, owner);
  expect(take()).toMatchObject({ holder: { name: owner } });
  writeFileSync(after, "4194306.1");
  held();
  expect(readdirSync(folder)).toEqual([".lock"]);
});

test("one on a shared disk that another host holds is held", () => {
  leave("1.1.4026531836.00000000@elsewhere:12345678\n");
  expect(take()).toMatchObject({ holder: { state: "elsewhere" } });
});

describe("many processes at once", () => {
  const PROCESSES = 6;
  const ROUNDS = 50;
  const racers: ChildProcess[] = [];
  const programs = mkdtempSync(join(tmpdir(), "tierbench-racer-"));
  beforeAll(async () => {
    // Packed once: a process that compiles its sources takes a second of the processor.
    const outfile = join(programs, "lock-racer.mjs");
    const entryPoints = [fileURLToPath(new URL("../../testing/lock-racer.ts", import.meta.url))];
    await build({ entryPoints, outfile, bundle: true, platform: "node", target: "node20", format: "esm" });
    for (let count = 0; count < PROCESSES; count++) racers.push(fork(outfile, { execArgv: [] }));
    await Promise.all(racers.map((racer) => once(racer, "message")));
  }, 300_000);
  afterAll(() => {
    for (const racer of racers) racer.kill();
    rmSync(programs, { recursive: true });
  });

  test.each([
    ["without a lock", undefined],
    ["with a stale lock", DEAD],
  ])(
    "of which exactly one gets a folder %s",
    async (_, lock) => {
      const winners: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const place = join(folder, String(round));
        mkdirSync(place);
        if (lock !== undefined) writeFileSync(join(place, ".lock"), lock);
        const answers = racers.map((racer) => once(racer, "message"));
        for (const racer of racers) racer.send(join(place, ".lock"));
        winners.push((await Promise.all(answers)).filter(([got]) => got === true).length);
        expect(readdirSync(place)).toEqual([".lock"]);
      }
      expect(winners).toEqual(Array.from({ length: ROUNDS }, () => 1));
    },
    300_000,
  );
});
