/** Short faults on a real engine, injected from outside. */
import { mkdirSync, mkdtempSync, rmdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testEngine } from "../benchmarks/testing/engine.ts";
import { begin, errorLines, tierbench } from "./testing/command.ts";

let found: Awaited<ReturnType<typeof testEngine>>;
const folder = mkdtempSync(join(tmpdir(), "tierbench-faults-"));
beforeAll(async () => {
  found = await testEngine();
}, 300_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await found?.[Symbol.asyncDispose]();
});

const run = (platform: string, iterations: number, out = folder): string[] => [
  ...["run", "startup", "--platform", platform, "--out", out, "--engine", found.url],
  ...["--images", "small", "--iterations", String(iterations)],
];

describe("one host, one measurement", () => {
  it("a second run, of another label, measures nothing and says who measures", async () => {
    const first = begin(run("first", 500));
    await expect.poll(first.errors, { timeout: 60_000 }).toContain("block 1/");
    const second = await tierbench(run("second", 1));
    expect(second.code).toBe(1);
    expect(errorLines(second).join()).toMatch(/measured by process \d+ \(startup --platform first, by \w+, since /);
    process.kill(-(first.child.pid as number), "SIGTERM");
    expect((await first.ended).code).toBe(130);
    const third = await tierbench(run("third", 1));
    expect(third.code, third.stderr).toBe(0);
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
    const temporary = mkdtempSync(join(tmpdir(), `tierbench-image-${gone}-`));
    const launch = mkdtempSync(`/var/tmp/tierbench-launch-${gone}-`);
    mkdirSync(join(INSTANCES, `tierbench-${gone}`));
    mkdirSync(join(INSTANCES, `tierbench-test-${process.pid}`));
    try {
      const swept = await tierbench(["sweep", "--engine", engine]);
      expect(swept.code).toBe(1);
      const lines = swept.stdout.split("\n");
      for (const what of [`trace instance tierbench-${gone}`, `folder ${temporary}`, `folder ${launch}`])
        expect(lines).toContain(`removed ${what}`);
      expect(errorLines(swept).join()).toContain("this host was swept, its engine was not: ");
      expect((await tierbench(["sweep", "--engine", found.url])).code).toBe(0);
    } finally {
      // Its name is no token: nobody can say whose it is, so it is left.
      rmdirSync(join(INSTANCES, `tierbench-test-${process.pid}`));
    }
  });
});
