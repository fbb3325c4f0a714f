/** An engine that is killed and started again in the middle of a run: the trial is a row, the rest of the plan another session. */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { checkFolder } from "../analysis/edges/reading/validate-platform.ts";
import { iterationsOf, schedule } from "../benchmarks/design/schedule.ts";
import { parseManifest } from "../research/manifest.ts";
import { startupTable } from "../research/tables/startup.ts";
import { begin } from "./testing/command.ts";

const folder = mkdtempSync(join(tmpdir(), "tierbench-restarts-"));
/** An engine of this test's own, which nobody else uses. */
const root = join(folder, "engine");
const ENGINE_SCRIPT = fileURLToPath(new URL("engine", import.meta.url));
const environment = { ...process.env, TIERBENCH_ENGINE_ROOT: root };
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
let url: string;
beforeAll(() => {
  url = execFileSync(ENGINE_SCRIPT, ["start"], { encoding: "utf8", env: environment }).trim().split("\n").at(-1) ?? "";
}, 300_000);
afterAll(() => {
  execFileSync(ENGINE_SCRIPT, ["stop"], { env: environment });
  rmSync(folder, { recursive: true, force: true });
});

it("a killed engine is waited for, said so; all planned trials are measured, none twice but the one that it was killed in", async () => {
  const { ended, errors } = begin([
    ...["run", "startup", "--platform", "x", "--out", folder, "--engine", url, "--images", "small", "--seed", "5"],
    ...["--iterations", "8", "--sessions", "2"],
  ]);
  await expect.poll(errors, { timeout: 600_000 }).toContain("session 1/2: block 3/");
  process.kill(Number(readFileSync(join(root, "run", "docker.pid"), "utf8")), "SIGKILL");
  await expect.poll(errors, { timeout: 600_000 }).toContain("it is waited for, 60 s at most");
  spawn(ENGINE_SCRIPT, ["start"], { env: environment, stdio: "ignore" });
  const { code, stderr } = await ended;
  expect(code, stderr).toBe(0);
  expect(stderr).toMatch(/The engine answers again after \d+ s/);
  const rows = startupTable.parse(readFileSync(join(folder, "x", "startup.csv"), "utf8"), "x");
  const { runs = [], sessions } = parseManifest(readFileSync(join(folder, "x", "platform.json"), "utf8"), "x", version);
  expect(sessions.map(({ session, ending }) => [session, ending])).toEqual([
    [1, "failed"],
    [3, "complete"],
    [2, "complete"],
  ]);
  expect(runs[0]?.sessions.map(({ session, rest_of }) => [session, rest_of])).toEqual([
    [1, undefined],
    [2, undefined],
    [3, 1],
  ]);
  expect(sessions[0]?.warnings.map(({ summary }) => summary)).toContain("the engine went away during session 1");
  const failed = rows.filter(({ outcome }) => outcome !== "ok");
  expect(failed).toHaveLength(1);
  expect(failed[0]?.reason).toBeTruthy();
  // All that was planned is there, the failed trial being one of it.
  const planned = [0, 1].flatMap((index) => {
    const all = iterationsOf(8, true);
    const iterations = {
      warm: all.warm / 2,
      cold: Math.floor(((index + 1) * all.cold) / 2) - Math.floor((index * all.cold) / 2),
    };
    const seed = runs[0]?.sessions[index]?.seed ?? 0;
    return schedule({ images: ["small"], variants: [null], iterations, warmupBlocks: 2, seed }).flatMap(({ block, trials }) =>
      trials.map(({ mode, warmup }) => `${index + 1} ${block} ${mode} ${warmup}`),
    );
  });
  const measured = rows.map(({ session, block, mode, warmup }) => `${session === 2 ? 2 : 1} ${block} ${mode} ${warmup}`);
  expect(measured.sort()).toEqual(planned.sort());
  expect(checkFolder(join(folder, "x"), version).problems.filter(({ severity }) => severity === "defect")).toEqual([]);
}, 2_400_000);
