import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testEngine } from "../benchmarks/testing/engine.ts";
import { parseManifest, type Session } from "../research/manifest.ts";
import { startupTable } from "../research/tables/startup.ts";
import { begin, errorLines, tierbench } from "./testing/command.ts";

let found: Awaited<ReturnType<typeof testEngine>>;
const folder = mkdtempSync(join(tmpdir(), "tierbench-test-"));
/** Of a second engine, which nobody else uses; scripts/test stops it where a test is interrupted. */
const root = join(process.env.TIERBENCH_ENGINE_ROOT ?? folder, "sessions");
const ENGINE_SCRIPT = fileURLToPath(new URL("engine", import.meta.url));
/** Where no engine answers at the default socket. */
const NO_ENGINE = "mount -t tmpfs nodev /run";
const environment = { DOCKER_HOST: "", DOCKER_CONTEXT: "", DOCKER_CONFIG: folder, TIERBENCH_ENGINE_ROOT: root };
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };

beforeAll(async () => {
  found = await testEngine();
}, 300_000);
afterAll(async () => {
  control("stop");
  for (const left of [folder, root]) rmSync(left, { recursive: true, force: true });
  await found?.[Symbol.asyncDispose]();
});

const control = (command: string): string =>
  execFileSync(ENGINE_SCRIPT, [command], {
    encoding: "utf8",
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
const read = (platform: string, file: string): string => readFileSync(join(folder, platform, file), "utf8");
const manifest = (platform: string) => parseManifest(read(platform, "platform.json"), platform, version);
const rows = (platform: string) => startupTable.parse(read(platform, "startup.csv"), platform);
const until = async (condition: () => boolean, what: () => string): Promise<void> => {
  for (const end = Date.now() + 150_000; !condition(); ) {
    if (Date.now() > end) throw new Error(`it never happened: ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
const run = (...more: string[]): string[] => ["run", "startup", "--images", "small", "--out", folder, ...more];

describe("a run of several sessions", { timeout: 300_000 }, () => {
  it("restarts the engine that it has started between them, and spreads its trials over them", async () => {
    const { ended, errors } = begin(
      run("--platform", "own", "--iterations", "4", "--sessions", "2"),
      environment,
      undefined,
      NO_ENGINE,
    );
    const pids: string[] = [];
    for (const session of [1, 2]) {
      await until(() => errors().includes(`session ${session}/2: block 1/4`), errors);
      pids.push(readFileSync(join(root, "run", "docker.pid"), "utf8"));
    }
    const { code, stderr } = await ended;
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/startup 4 warm and 2 cold; about \d+ (s|min) in 2 sessions, the engine restarted before each/);
    expect(new Set(pids).size).toBe(2);
    expect(existsSync(join(root, "run", "docker.pid"))).toBe(false);
    const { runs, sessions } = manifest("own");
    const shown = sessions.map(({ session, ending, fresh_engine, iterations }) => ({
      session,
      ending,
      fresh_engine,
      iterations,
    }));
    const each = { ending: "complete", fresh_engine: true, iterations: { warm: 2, cold: 1, warmup_blocks: 2 } };
    expect(shown).toEqual([1, 2].map((session) => ({ session, ...each })));
    expect(runs).toMatchObject([
      { seed: sessions[0]?.seed, iterations: 4, sessions: sessions.map(({ session, seed }) => ({ session, seed })) },
    ]);
    expect((sessions[0]?.ended as string) < (sessions[1] as Session).started).toBe(true);
    const measured = rows("own");
    expect(measured.map(({ trial }) => trial)).toEqual(measured.map((_, index) => index + 1));
    for (const session of [1, 2]) {
      const inSession = measured.filter((row) => row.session === session);
      const count = (mode: string, warmup: boolean) =>
        inSession.filter((row) => row.mode === mode && row.warmup === warmup).length;
      expect([count("warm", false), count("cold", false), count("warm", true)]).toEqual([2, 1, 2 + 1]);
      expect([...new Set(inSession.map(({ block }) => block))]).toEqual([1, 2, 3, 4]);
      expect(inSession[0]?.gap_ns).toBeNull();
    }
  });

  it("of two engines alternates between them, and pairs their sessions by round", async () => {
    const second = control("start").trim();
    const dockerd = readFileSync(join(root, "run", "docker.pid"), "utf8");
    const platforms = ["--platform", `a=${found.url}`, "--platform", `b=${second}`];
    const measured = await tierbench(run(...platforms, "--iterations", "2", "--sessions", "2", "--seed", "4"));
    expect(measured.code, measured.stderr).toBe(0);
    // It was somebody's, not the run's.
    expect(readFileSync(join(root, "run", "docker.pid"), "utf8")).toBe(dockerd);
    const [a, b] = [manifest("a"), manifest("b")];
    for (const [platform, other] of [
      [a, "b"],
      [b, "a"],
    ] as const) {
      expect(platform.sessions.map(({ session, round, paired_with }) => [session, round, paired_with])).toEqual(
        [1, 2].map((round) => [round, round, [other]]),
      );
      expect(platform.sessions.every(({ ending, fresh_engine }) => ending === "complete" && fresh_engine === false)).toBe(true);
      expect(platform.runs).toMatchObject([{ seed: 4, iterations: 2 }]);
    }
    expect(a.sessions.map(({ seed }) => seed)).toEqual(b.sessions.map(({ seed }) => seed));
    // As planned, one after the other, and never both at once.
    const inTurn = [a, b].flatMap(({ runs, sessions }) =>
      sessions.map(({ round, started, ended }, index) => ({ place: [round, runs?.[0]?.sessions[index]?.turn], started, ended })),
    );
    inTurn.sort((x, y) => (x.started < y.started ? -1 : 1));
    expect(inTurn.map(({ place }) => place)).toEqual([1, 2].flatMap((round) => [1, 2].map((turn) => [round, turn])));
    for (const [index, { started }] of inTurn.entries()) {
      const before = inTurn[index - 1]?.ended;
      if (before != null) expect(before <= started).toBe(true);
    }
    for (const platform of ["a", "b"])
      expect(rows(platform).filter(({ mode, warmup }) => mode === "warm" && !warmup)).toHaveLength(2);
  });

  it("measures nothing where one of its engines cannot be reached", async () => {
    const platforms = ["--platform", `c=${found.url}`, "--platform", "d=unix:///nonexistent/docker.sock"];
    const ended = await tierbench(run(...platforms, "--iterations", "2"));
    expect(errorLines(ended).join()).toContain("unix:///nonexistent/docker.sock does not answer");
    expect(ended.code).toBe(1);
    expect(readdirSync(folder).filter((name) => name === "c" || name === "d")).toEqual([]);
  });
});
