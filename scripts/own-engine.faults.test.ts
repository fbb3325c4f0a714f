/** An engine that a run has started, in several sessions. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { parseManifest, type Session } from "../research/manifest.ts";
import { startupTable } from "../research/tables/startup.ts";
import { begin } from "./testing/command.ts";

const folder = mkdtempSync(join(tmpdir(), "tierbench-own-"));
const root = join(folder, "engine");
/** Where no engine answers at the default socket. */
const NO_ENGINE = "mount -t tmpfs nodev /run";
const environment = { DOCKER_HOST: "", DOCKER_CONTEXT: "", DOCKER_CONFIG: folder, TIERBENCH_ENGINE_ROOT: root };
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
afterAll(() => {
  const engine = fileURLToPath(new URL("engine", import.meta.url));
  execFileSync(engine, ["stop"], { env: { ...process.env, ...environment } });
  rmSync(folder, { recursive: true, force: true });
});
const read = (file: string): string => readFileSync(join(folder, "own", file), "utf8");

it("restarts the engine that it has started between them, and spreads its trials over them", async () => {
  const args = ["run", "startup", "--images", "small", "--out", folder, "--platform", "own", "--iterations", "4"];
  const { ended, errors } = begin([...args, "--sessions", "2"], environment, undefined, NO_ENGINE);
  const pids: string[] = [];
  for (const session of [1, 2]) {
    await expect.poll(errors, { timeout: 150_000 }).toContain(`session ${session}/2: block 1/4`);
    pids.push(readFileSync(join(root, "run", "docker.pid"), "utf8"));
  }
  const { code, stderr } = await ended;
  expect(code, stderr).toBe(0);
  expect(stderr).toMatch(/startup 4 warm and 2 cold; about \d+ (s|min) in 2 sessions, the engine restarted before each/);
  expect(new Set(pids).size).toBe(2);
  expect(existsSync(join(root, "run", "docker.pid"))).toBe(false);
  const { runs, sessions } = parseManifest(read("platform.json"), "own", version);
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
  const measured = startupTable.parse(read("startup.csv"), "own");
  expect(measured.map(({ trial }) => trial)).toEqual(measured.map((_, index) => index + 1));
  for (const session of [1, 2]) {
    const inSession = measured.filter((row) => row.session === session);
    const count = (mode: string, warmup: boolean) => inSession.filter((row) => row.mode === mode && row.warmup === warmup).length;
    expect([count("warm", false), count("cold", false), count("warm", true)]).toEqual([2, 1, 2 + 1]);
    expect([...new Set(inSession.map(({ block }) => block))]).toEqual([1, 2, 3, 4]);
    expect(inSession[0]?.gap_ns).toBeNull();
  }
}, 600_000);
