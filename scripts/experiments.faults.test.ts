/** Experiments that are ended in the middle: what they had is on disk, and what they made is gone, or one sweep removes it; and one through the helper. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { OWNER_LABEL } from "../benchmarks/edges/host/owner.ts";
import { sweepTurn } from "../benchmarks/testing/sweep-turn.ts";
import { parseManifest } from "../research/manifest.ts";
import { densityTable } from "../research/tables/density.ts";
import { ladderTable } from "../research/tables/ladder.ts";
import { whyTable } from "../research/tables/why.ts";
import { begin, tierbench } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";

const { found, folder } = engineAndFolder("ended");
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
const run = (platform: string, experiment: string): string[] => [
  ...["run", experiment, "--platform", platform, "--out", folder, "--engine", found.url, "--iterations", "1", "--seed", "5"],
];
const launchFolders = (pid: number | undefined) =>
  readdirSync("/var/tmp").filter((name) => name.startsWith(`tierbench-launch-${pid}.`));

it("of the ladder killed leaves what a sweep removes", async () => {
  await using _turn = await sweepTurn();
  const { child, ended } = begin(run("killed", "ladder"));
  const csv = join(folder, "killed/ladder.csv");
  const lines = (): number => (existsSync(csv) ? readFileSync(csv, "utf8").split("\n").length : 0);
  await expect.poll(lines, { timeout: 60_000, message: "rows of the ladder" }).toBeGreaterThan(4);
  process.kill(-(child.pid as number), "SIGKILL");
  await ended;
  const left = launchFolders(child.pid);
  expect(left).toHaveLength(1);
  const swept = await tierbench(["sweep", "--engine", found.url]);
  expect(swept.stdout).toContain(`removed folder /var/tmp/${left[0]}`);
  expect(launchFolders(child.pid)).toEqual([]);
});

it("interrupted leaves no container, and the rows of what was finished", async () => {
  const { child, ended, errors } = begin(run("interrupted", "density"));
  const ours = async () =>
    (await found.engine.docker.listContainers({ all: true, filters: JSON.stringify({ label: [OWNER_LABEL] }) })).filter(
      ({ Labels }) => Labels[OWNER_LABEL]?.startsWith(`${child.pid}.`),
    );
  await expect.poll(async () => (await ours()).length, { timeout: 60_000, interval: 20 }).toBeGreaterThanOrEqual(4);
  process.kill(-(child.pid as number), "SIGINT");
  expect((await ended).code, errors()).toBe(130);
  // An interrupt waits two seconds at most: what a busy engine has not removed by then is named, with what removes it.
  if ((await ours()).length > 0) {
    expect(errors()).toContain("tierbench sweep");
    await tierbench(["sweep", "--engine", found.url]);
  }
  expect(await ours()).toEqual([]);
  const { sessions } = parseManifest(readFileSync(join(folder, "interrupted/platform.json"), "utf8"), "interrupted", version);
  expect(sessions[0]).toMatchObject({ ending: "interrupted" });
  const rows = densityTable.parse(readFileSync(join(folder, "interrupted/density.csv"), "utf8"), "density.csv");
  expect(rows.length % 5).toBe(0);
});

it("of the ladder says with which programs, and interrupted leaves nothing of it", async () => {
  const { child, ended, errors } = begin(run("climbed", "ladder"));
  const csv = join(folder, "climbed/ladder.csv");
  const lines = (): number => (existsSync(csv) ? readFileSync(csv, "utf8").split("\n").length : 0);
  await expect.poll(lines, { timeout: 60_000, message: "rows of the ladder" }).toBeGreaterThan(4);
  expect(launchFolders(child.pid)).toHaveLength(1);
  process.kill(-(child.pid as number), "SIGINT");
  expect((await ended).code, errors()).toBe(130);
  expect(launchFolders(child.pid)).toEqual([]);
  const { sessions } = parseManifest(readFileSync(join(folder, "climbed/platform.json"), "utf8"), "climbed", version);
  expect(sessions[0]).toMatchObject({
    ending: "interrupted",
    programs: { runc: { version: expect.stringContaining("runc") } },
  });
  const rows = ladderTable.parse(readFileSync(csv, "utf8"), "ladder.csv");
  expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual(rows.map(() => ["ok", null]));
});

it("why through the helper, of an image that was chosen, explains each start to the nanosecond as well", async () => {
  const chosen = ["--images", `mine=${found.small}`, "--probe", "sidecar", "--sessions", "1"];
  const measured = await tierbench([...run("helped", "why"), ...chosen]);
  expect(measured.code, measured.stderr).toBe(0);
  const { sessions } = parseManifest(readFileSync(join(folder, "helped/platform.json"), "utf8"), "helped", version);
  expect(sessions[0]).toMatchObject({ probe: { name: "sidecar" }, experiments: [{ name: "why", images: [{ name: "mine" }] }] });
  const rows = whyTable.parse(readFileSync(join(folder, "helped/why.csv"), "utf8"), "why.csv");
  expect(new Set(rows.map(({ image, outcome }) => `${image} ${outcome}`))).toEqual(new Set(["mine ok"]));
  const own = rows.filter(({ warmup }) => !warmup);
  expect(own.reduce((sum, { ns }) => sum + (ns ?? 0), 0)).toBe(own[0]?.total_ns);
});
