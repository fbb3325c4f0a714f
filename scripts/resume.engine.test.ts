/** A run that was killed and is resumed ends with exactly the trials that were planned, none twice. */
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { iterationsOf, schedule } from "../benchmarks/design/schedule.ts";
import { OWNER_LABEL } from "../benchmarks/edges/host/owner.ts";
import { parseManifest } from "../research/manifest.ts";
import { startupTable } from "../research/tables/startup.ts";
import { begin, errorLines, tierbenchHere } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";

const { found, folder } = engineAndFolder("resume");
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };

const csv = (): string => join(folder, "x", "startup.csv");
const json = (): string => join(folder, "x", "platform.json");
const rows = () => startupTable.parse(readFileSync(csv(), "utf8"), "x");
const manifest = () => parseManifest(readFileSync(json(), "utf8"), "x", version);
const run = (...more: string[]): string[] => [
  ...["run", "startup", "--platform", "x", "--out", folder, "--engine", found.url, ...more],
];

describe("run --resume", { timeout: 240_000 }, () => {
  it("begins where nothing exists, and after a kill in mid-row measures what is left, as platform.json says", async () => {
    const first = begin(run("--images", "small", "--iterations", "1", "--sessions", "1", "--seed", "7", "--resume"));
    await expect.poll(first.errors, { timeout: 60_000 }).toContain("block 2/");
    // The plan is there before the rows are.
    expect(manifest().runs).toMatchObject([
      { seed: 7, asked: { experiments: ["startup"], options: { images: "small" } }, identity: { images: [{ name: "small" }] } },
    ]);
    process.kill(-(first.child.pid as number), "SIGKILL");
    await first.ended;
    const before = rows();
    appendFileSync(csv(), `${before.length + 1},1,3,fal`);
    writeFileSync(`${json()}.tmp`, '{"label": "x", "sess');

    const refused = await tierbenchHere(run("--iterations", "4", "--resume"));
    expect(refused.code).toBe(2);
    expect(errorLines(refused).join()).toContain("--iterations 4: the run that --resume goes on with had --iterations 1");

    const resumed = await tierbenchHere(run("--resume"));
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(resumed.stderr).toMatch(/its last row was torn .* moved to .*startup\.csv\.torn/);
    expect(readFileSync(`${csv()}.torn`, "utf8")).toBe(`${before.length + 1},1,3,fal\n`);
    expect(rows().slice(0, before.length)).toEqual(before);
    expect(rows().map(({ trial }) => trial)).toEqual(rows().map((_, index) => index + 1));
    const planned = schedule({
      images: ["small"],
      variants: [null],
      iterations: iterationsOf(1, true),
      warmupBlocks: 2,
      seed: 7,
    });
    expect(rows().map(({ session, block, image, mode, warmup }) => [session, block, image, mode, warmup])).toEqual(
      planned.flatMap(({ block, trials }) => trials.map(({ image, mode, warmup }) => [1, block, image, mode, warmup])),
    );
    const [session, ...others] = manifest().sessions;
    expect(others).toEqual([]);
    expect(session).toMatchObject({ ending: "complete", continued: [{ engine_restarted: false }] });
    expect(readdirSync(join(folder, "x")).sort()).toEqual(["platform.json", "startup.csv", "startup.csv.torn"]);
    const left = await found.engine.docker.listContainers({ all: true, filters: JSON.stringify({ label: [OWNER_LABEL] }) });
    expect(left.filter(({ Labels }) => Labels[OWNER_LABEL]?.startsWith(`${first.child.pid}.`))).toEqual([]);
  });

  it("has nothing to do where all is done, and refuses another engine and other images by what differs", async () => {
    const measured = readFileSync(csv(), "utf8");
    const again = await tierbenchHere(run("--resume"));
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining("complete already: ")]);
    const changed = manifest();
    for (const session of changed.sessions) Object.assign(session, { ending: null, ended: null });
    for (const { identity } of changed.runs ?? [])
      Object.assign(identity ?? {}, { server: "docker 1.0", images: [{ name: "small", digest: "sha256:another" }] });
    writeFileSync(json(), JSON.stringify(changed));
    const other = await tierbenchHere(run("--resume"));
    expect(other.code).toBe(1);
    expect(errorLines(other).join()).toMatch(/engine docker 1\.0 then, .* now; image small: /);
    expect(readFileSync(csv(), "utf8")).toBe(measured);
    expect(existsSync(`${json()}.tmp`)).toBe(false);
  });
});
