/** The user's own container: flags of docker run, variants, and until it is ready. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testEngine } from "../benchmarks/testing/engine.ts";
import { parseManifest } from "../research/manifest.ts";
import { startupTable } from "../research/tables/startup.ts";
import { tierbenchHere } from "./testing/command.ts";

const out = mkdtempSync(join(tmpdir(), "tierbench-yours-"));
let found: Awaited<ReturnType<typeof testEngine>>;
beforeAll(async () => {
  found = await testEngine();
});
afterAll(async () => {
  rmSync(out, { recursive: true });
  await found[Symbol.asyncDispose]();
});

const volumes = async (): Promise<string[]> => (await found.engine.docker.listVolumes()).Volumes.map(({ Name }) => Name);

interface Traced {
  readonly problem: string | null;
  readonly ready_ns: number | null;
  readonly ready_error_ns: number | null;
  readonly total_ns: number | null;
  readonly milestones: Readonly<Record<string, number>>;
}
async function traced(...words: readonly string[]): Promise<Traced & { readonly code: number | null }> {
  const { stdout, stderr, code } = await tierbenchHere(["trace", "--engine", found.engine.url, "--format", "json", ...words]);
  if (!stdout.startsWith("{")) throw new Error(stderr);
  const { starts } = JSON.parse(stdout) as { readonly starts: readonly Traced[] };
  return { ...(starts[0] as Traced), code };
}

describe("until ready", () => {
  test("a port that opens after 200 ms: the kernel says when", async () => {
    const start = await traced("--until", "port:8080", "small", "sh", "-c", "sleep 0.2; exec nc -l -p 8080");
    expect(start).toMatchObject({ problem: null, code: 0, ready_error_ns: 1_000 });
    expect((start.ready_ns ?? 0) - (start.milestones.entry_exec ?? 0)).toBeGreaterThan(200e6);
  });

  test("a health check that passes at its third try", async () => {
    const check = "echo >> /tmp/tries; test $(wc -l < /tmp/tries) -ge 3";
    const flags = ["--network", "host", "--tmpfs", "/tmp", "--health-interval", "200ms", "--health-cmd", check];
    const start = await traced("--until", "healthy", ...flags, "small", "sleep", "60");
    expect(start).toMatchObject({ problem: null, code: 0 });
    expect((start.ready_ns ?? 0) - (start.milestones.start_sent ?? 0)).toBeGreaterThan(600e6);
    expect(start.ready_error_ns).toBeLessThan(600e6);
  });

  test("a line of its output, and a job that exits as it should", async () => {
    const start = await traced(
      "--until",
      "log:^ready [0-9]+$",
      "--network",
      "host",
      "small",
      "sh",
      "-c",
      "echo starting; sleep 0.1; echo ready 7; sleep 60",
    );
    expect(start).toMatchObject({ problem: null, code: 0 });
    expect((start.ready_ns ?? 0) - (start.total_ns ?? 0)).toBeGreaterThan(100e6);
    const job = await traced("--until", "exits", "--expect-exit", "3", "--network", "host", "small", "sh", "-c", "exit 3");
    expect(job).toMatchObject({ problem: null, code: 0, ready_ns: job.milestones.entry_exit });
    const early = await traced("--until", "log:never", "--network", "host", "small", "sh", "-c", "echo no");
    expect(early).toMatchObject({ problem: "the container exited with code 0 before it was ready", code: 1, ready_ns: null });
  });
});

test("variants take turns; one that the engine cannot start is rows of failures, and no secret is written", async () => {
  const before = await volumes();
  const variants = [
    "base=--network host",
    "volume=-v tierbench-made:/d --network none -e SECRET=hush",
    "bad=--runtime tierbench-none",
  ];
  const run = ["run", "startup", "--engine", found.engine.url, "--out", out, "--platform", "v", "--images", "small"];
  const more = ["--modes", "warm", "--iterations", "1", ...variants.flatMap((variant) => ["--variant", variant])];
  const { code, stderr } = await tierbenchHere([...run, ...more]);
  expect(code, stderr).toBe(0);
  const rows = startupTable.parse(readFileSync(join(out, "v", "startup.csv"), "utf8"), "startup.csv");
  const measured = rows.filter(({ warmup }) => !warmup).map(({ variant, outcome }) => `${variant} ${outcome}`);
  expect(measured.sort()).toEqual(["bad failed", "base ok", "volume ok"]);
  expect(rows.find(({ variant }) => variant === "bad")?.reason).toMatch(/tierbench-none/);
  const text = readFileSync(join(out, "v", "platform.json"), "utf8");
  expect(text).not.toContain("hush");
  const [session] = parseManifest(text, "platform.json", "99.0.0").sessions;
  expect(session?.variants?.map(({ name }) => name)).toEqual(["base", "volume", "bad"]);
  // Where no start is cold, nothing is said of cold ones.
  expect(stderr).toContain("Trials of each condition: startup 1 warm; about ");
  expect([stderr, JSON.stringify(session?.warnings)].join()).not.toContain("cold");
  expect(session?.variants?.[1]).toMatchObject({
    flags: [
      "--volume=tierbench-made:/d",
      "--network=none",
      expect.stringMatching(/^--env=SECRET=pbkdf2:[0-9a-f]{16}:[0-9a-f]{12}$/),
    ],
    settings: { NetworkMode: "none", Binds: ["tierbench-made:/d"] },
  });
  expect(await volumes()).toEqual(before);
});

test("what the client can check is misuse before anything runs", async () => {
  const run = ["run", "startup", "--engine", "unix:///nowhere", "--out", out, "--platform", "w"];
  const { code, stderr } = await tierbenchHere([...run, "--variant", "a=--security-opt seccomp=/not/there.json"]);
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining("--variant a: --security-opt: ") });
});
