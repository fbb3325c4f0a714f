/** An engine that is silent, in every way that one can be: it is told what is waited for, and an interrupt wins. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testEngine } from "../benchmarks/testing/engine.ts";
import { openNarrowProxy } from "../benchmarks/testing/narrow-proxy.ts";
import { begin, type Ended } from "./testing/command.ts";

const folder = mkdtempSync(join(tmpdir(), "tierbench-interrupts-"));
/** Answers `/_ping` and nothing else. */
let polite: Server;
let found: Awaited<ReturnType<typeof testEngine>>;
const socketOf = (name: string): string => join(folder, `${name}.sock`);
beforeAll(async () => {
  polite = createServer(({ url }, answer) => void (url?.endsWith("/_ping") && answer.end("OK")));
  await new Promise<void>((resolve) => polite.listen(socketOf("polite"), resolve));
  found = await testEngine();
}, 300_000);
afterAll(async () => {
  polite?.closeAllConnections();
  polite?.close();
  rmSync(folder, { recursive: true, force: true });
  await found?.[Symbol.asyncDispose]();
});

const run = (engine: string): string[] => [
  ...["run", "startup", "--platform", "x", "--out", join(folder, "results"), "--engine", `unix://${engine}`],
  ...["--images", "small", "--iterations", "50"],
];

/** Interrupts it when it has said something. @returns its end, and how long that took */
async function interrupted(
  args: readonly string[],
  said: string | RegExp,
): Promise<Ended & { readonly ms: number; readonly pid: number }> {
  const { child, ended, errors } = begin(args);
  await expect.poll(errors, { timeout: 60_000 }).toMatch(said);
  const at = performance.now();
  const pid = child.pid as number;
  process.kill(-pid, "SIGINT");
  return { ...(await ended), ms: performance.now() - at, pid };
}

/** Of the two seconds that an interrupt may take, and of what a busy machine takes to end a process. */
const AT_MOST_MS = 4_000;

describe("an interrupt", { timeout: 120_000 }, () => {
  it.each([["run"], ["sweep"], ["doctor"], ["trace"]])(
    "ends %s on a server that answers /_ping alone, which is told of after five seconds",
    async (command) => {
      const engine = ["--engine", `unix://${socketOf("polite")}`];
      const args = { run: run(socketOf("polite")), trace: ["trace", "small", ...engine] }[command] ?? [command, ...engine];
      const { code, ms, stderr } = await interrupted(
        args,
        /Waiting for the engine: (GET|POST) \/\S+, for 5 s by now, at most \d+ s/,
      );
      expect(code, stderr).toBe(130);
      expect(ms).toBeLessThan(AT_MOST_MS);
      expect(existsSync(join(folder, "results"))).toBe(false);
    },
  );

  it.each([
    ["create", /POST .*\/containers\/create/, true],
    ["remove", /DELETE .*\/containers\//, true],
    // Its container is removed all the same.
    ["start", /POST .*\/start$/, false],
  ])("wins over a %s that is never answered; what may be left is named with what removes it", async (_, swallows, leaves) => {
    const socket = socketOf("narrow");
    rmSync(socket, { force: true });
    await using _proxy = await openNarrowProxy(found.url.slice("unix://".length), socket, { swallows });
    const { code, ms, stderr, pid } = await interrupted(run(socket), /Waiting for the engine: \S+ \/containers\//);
    expect(code, stderr).toBe(130);
    expect(ms).toBeLessThan(AT_MOST_MS);
    expect(stderr.includes(`what may be left is removed by tierbench sweep --engine unix://${socket}`), stderr).toBe(leaves);
    expect(readdirSync("/sys/kernel/tracing/instances").filter((name) => name.startsWith(`tierbench-${pid}.`))).toEqual([]);
    const swept = await begin(["sweep", "--engine", found.url]).ended;
    expect(swept.code, swept.stderr).toBe(0);
  });
});
