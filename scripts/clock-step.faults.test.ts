/**
 * The wall clock is set during a run, by hours and by milliseconds, forth and back. The host's own clock stays: the run's is
 * libfaketime's, which reads what to add from a file, and a proxy adds the same to the times of the engine's events, as both
 * would jump on a machine whose clock is set.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testEngine } from "../benchmarks/testing/engine.ts";
import { type NarrowProxy, openNarrowProxy } from "../benchmarks/testing/narrow-proxy.ts";
import { startupTable } from "../research/tables/startup.ts";
import { begin } from "./testing/command.ts";

/** Seconds that are added, one after the other, while starts go on. */
const STEPS = ["3600", "3599.9", "-86400", "-86399.995", "0", "0.02", "7200", "0"];
/** Of a busy machine, where a start takes many times as long. */
const PATIENCE_MS = 600_000;

const folder = mkdtempSync(join(tmpdir(), "tierbench-clock-"));
const offset = join(folder, "offset");
let found: Awaited<ReturnType<typeof testEngine>>;
let proxy: NarrowProxy;
beforeAll(async () => {
  execFileSync("apt-get", ["download", "libfaketime"], { cwd: folder, stdio: "pipe" });
  const archive = readdirSync(folder).find((name) => name.endsWith(".deb")) ?? "";
  execFileSync("dpkg-deb", ["-x", archive, "package"], { cwd: folder });
  setClock("0");
  found = await testEngine();
  proxy = await openNarrowProxy(found.url.slice("unix://".length), join(folder, "proxy.sock"), {
    rewrites: { calls: /^GET .*\/events/, line: shifted },
  });
}, 300_000);
afterAll(async () => {
  await proxy?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
  await found?.[Symbol.asyncDispose]();
});

/** In one step: half a file would be another time. */
function setClock(seconds: string): void {
  writeFileSync(`${offset}.next`, `${seconds.startsWith("-") ? "" : "+"}${seconds}`);
  renameSync(`${offset}.next`, offset);
}

const addedNs = (): bigint => BigInt(Math.round(Number(readFileSync(offset, "utf8")) * 1e9));

/** The event as an engine on the clock that was set would date it. */
const shifted = (line: string): string =>
  line.replace(/"timeNano":(\d+)/, (_, time: string) => `"timeNano":${BigInt(time) + addedNs()}`);

it("no event is told at a time at which it was not; the row of each step says why it has none", {
  timeout: 2 * PATIENCE_MS,
}, async () => {
  const library = execFileSync("find", [folder, "-name", "libfaketime.so.1"], { encoding: "utf8" }).trim();
  const { ended, errors } = begin(
    [
      ...["run", "startup", "--platform", "x", "--out", folder, "--engine", proxy.url, "--images", "small"],
      ...["--iterations", "14", "--sessions", "1"],
    ],
    // Children of the run may be set-user-id, and node reads the clock through the C library.
    { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: offset, FAKETIME_NO_CACHE: "1", DONT_FAKE_MONOTONIC: "1" },
  );
  const blocks = (): number => errors().split("block ").length - 1;
  let block_ms = 0;
  for (const [index, step] of STEPS.entries()) {
    const [seen, since] = [blocks(), performance.now()];
    await expect.poll(blocks, { timeout: PATIENCE_MS }).toBeGreaterThan(seen);
    if (index > 0) block_ms = performance.now() - since;
    // Each in another part of a start.
    await setTimeout((block_ms * index) / STEPS.length);
    setClock(step);
  }
  const { code, stderr } = await ended;
  expect(code, stderr).toBe(0);
  const rows = startupTable.parse(readFileSync(join(folder, "x", "startup.csv"), "utf8"), "x");
  expect(rows.filter(({ outcome }) => outcome !== "ok")).toEqual([]);
  // An event is the engine's word for what the client asked for: it lies between question and answer, within its bound.
  const wrong = rows.filter(
    ({ event_create_ns, create_done_ns, event_start_ns, start_sent_ns, start_done_ns, clock_error_ns }) => {
      const isWithin = (at: number | null, from: number | null, to: number | null): boolean =>
        at === null || (at >= (from ?? 0) - clock_error_ns && at <= (to ?? Number.POSITIVE_INFINITY) + clock_error_ns);
      return !isWithin(event_create_ns, 0, create_done_ns) || !isWithin(event_start_ns, start_sent_ns, start_done_ns);
    },
  );
  expect(wrong).toEqual([]);
  const told = rows.filter(({ reason }) => reason?.includes("Docker's events are left out"));
  expect(told.length).toBeGreaterThanOrEqual(1);
  expect(told.every(({ event_start_ns, event_create_ns }) => event_start_ns === null && event_create_ns === null)).toBe(true);
  console.log(`${STEPS.length} steps, ${rows.length} rows, ${told.length} without events and a reason, ${wrong.length} wrong`);
});
