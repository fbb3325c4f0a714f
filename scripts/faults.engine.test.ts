/** Short faults on a real engine, injected from outside. */
import { mkdirSync, mkdtempSync, rmdirSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sweepTurn } from "../benchmarks/testing/sweep-turn.ts";
import { begin, errorLines, tierbenchHere } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";
import { expectRowsElsewhere, moveFolder } from "./testing/lost-results.ts";

const { found, folder } = engineAndFolder("faults");

const run = (platform: string, iterations: number, out = folder): string[] => [
  ...["run", "startup", "--platform", platform, "--out", out, "--engine", found.url],
  ...["--images", "small", "--modes", "warm", "--network", "host", "--iterations", String(iterations)],
];

describe("one host, one measurement", () => {
  it("a second run, of another label, measures nothing and says who measures", async () => {
    const first = begin(run("first", 500));
    await expect.poll(first.errors, { timeout: 60_000 }).toContain("block 1/");
    const second = await tierbenchHere(run("second", 1));
    expect(second.code).toBe(1);
    expect(errorLines(second).join()).toMatch(/measured by process \d+ \(startup --platform first, by \w+, since /);
    process.kill(-(first.child.pid as number), "SIGTERM");
    expect((await first.ended).code).toBe(130);
    const third = await tierbenchHere(run("third", 1));
    expect(third.code, third.stderr).toBe(0);
  });
});

describe("a results file that is lost during a run", () => {
  it("moved with its folder: the run stops at the next row, is not complete, and says where the rows are", () =>
    expectRowsElsewhere(run("moved", 500), join(folder, "moved"), moveFolder, /it is \S+-moved\/startup\.csv now/));
});

describe("an interrupt", () => {
  it("ends the wait for a server that answers /_ping alone, which is told of after five seconds", async () => {
    const socket = join(folder, "polite.sock");
    const polite = createHttpServer(({ url }, answer) => void (url?.endsWith("/_ping") && answer.end("OK")));
    await new Promise<void>((resolve) => polite.listen(socket, resolve));
    try {
      const { child, ended, errors } = begin(["doctor", "--engine", `unix://${socket}`]);
      await expect.poll(errors, { timeout: 30_000 }).toContain("Waiting for the engine: GET /info, for 5 s by now, at most 30 s");
      process.kill(-(child.pid as number), "SIGINT");
      expect((await ended).code).toBe(130);
    } finally {
      polite.closeAllConnections();
      polite.close();
    }
  });
});

describe("sweep", () => {
  const INSTANCES = "/sys/kernel/tracing/instances";
  const gone = "4194303.1";
  /** Accepts, and answers nothing. */
  let silent: Server;
  const socket = join(folder, "silent.sock");
  beforeAll(async () => {
    silent = createServer();
    await new Promise<void>((resolve) => silent.listen(socket, resolve));
  });
  afterAll(() => {
    silent.close();
  });

  it.each([
    ["is not there", "unix:///nowhere/docker.sock"],
    ["does not answer", `unix://${socket}`],
  ])("cleans the host also when the engine %s, and says both", async (_, engine) => {
    await using _turn = await sweepTurn();
    const temporary = mkdtempSync(join(tmpdir(), `tierbench-image-${gone}-`));
    const launch = mkdtempSync(`/var/tmp/tierbench-launch-${gone}-`);
    mkdirSync(join(INSTANCES, `tierbench-${gone}`));
    mkdirSync(join(INSTANCES, `tierbench-test-${process.pid}`));
    try {
      const swept = await tierbenchHere(["sweep", "--engine", engine]);
      expect(swept.code).toBe(1);
      const lines = swept.stdout.split("\n");
      for (const what of [`trace instance tierbench-${gone}`, `folder ${temporary}`, `folder ${launch}`])
        expect(lines).toContain(`removed ${what}`);
      expect(errorLines(swept).join()).toContain("this host was swept, its engine was not: ");
      expect((await tierbenchHere(["sweep", "--engine", found.url])).code).toBe(0);
    } finally {
      // Its name is no token: nobody can say whose it is, so it is left.
      rmdirSync(join(INSTANCES, `tierbench-test-${process.pid}`));
    }
  });
});
