import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Session } from "../research/manifest.ts";
import { begin, errorLines, tierbenchHere } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";
import { startupRuns } from "./testing/startup-runs.ts";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
const PATIENTLY = { timeout: 60_000 };
const test = engineAndFolder("test");
const { found, folder } = test;
const { quick, rows, manifest, nothingIsLeftOf } = startupRuns(test);

describe("run, analyze, figures", () => {
  it("measures, explains and draws", async () => {
    const { child, ended } = begin(quick("whole", "--modes", "warm,cold", "--iterations", "2", "--seed", "7"));
    const measured = await ended;
    expect(measured.code, measured.stderr).toBe(0);
    // Two warm-up blocks, two measured ones, one cold start with its warming start.
    const table = rows("whole");
    expect(table.map(({ mode, warmup }) => `${mode} ${warmup}`).sort()).toEqual(
      ["cold false", "warm false", "warm false", "warm true", "warm true", "warm true"].sort(),
    );
    expect(table.map(({ trial }) => trial)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(table.every(({ outcome, probe, session }) => outcome === "ok" && probe === "tracefs" && session === 1)).toBe(true);
    expect(table.map(({ gap_ns }) => gap_ns === null)).toEqual([true, false, false, false, false, false]);
    const started = table.map(({ started_unix_ns }) => started_unix_ns);
    expect(started).toEqual([...started].sort((a, b) => (a < b ? -1 : 1)));
    expect(manifest("whole").sessions[0]).toMatchObject({ session: 1, seed: 7, ending: "complete", probe: { name: "tracefs" } });
    await nothingIsLeftOf(child);

    const { stdout, code } = await tierbenchHere(["analyze", join(folder, "whole"), "--format", "json"]);
    expect(code).toBe(0);
    const [platform] = JSON.parse(stdout).platforms;
    const warm = platform.conditions.find(({ condition }: { condition: string }) => condition === "small warm");
    const totals = table
      .filter(({ mode, warmup }) => mode === "warm" && !warmup)
      .map(({ entry_acts_ns }) => (entry_acts_ns ?? 0) / 1e6);
    expect(warm).toMatchObject({ outcomes: { ok: 2, failed: 0 }, metrics: { total_ms: { n: 2 } } });
    expect(warm.metrics.total_ms.median).toBeCloseTo((totals[0] as number) / 2 + (totals[1] as number) / 2, 9);

    const wanted = ["--only", "startup-tiers", "--out", join(folder, "figures")];
    const figures = await tierbenchHere(["figures", join(folder, "whole"), ...wanted]);
    expect(figures.code, figures.stderr).toBe(0);
    const kinds = readdirSync(join(folder, "figures")).map((name) => name.replace(/^[^.]*/, ""));
    expect([...new Set(kinds)].sort()).toEqual([".caption.txt", ".pdf", ".png", ".svg", ".tex", ".vl.json"]);
  });

  it("touches nothing of the user's, and does not call a start cold while the user's container holds the image's pages", async () => {
    const users = await found.engine.docker.createContainer({
      Image: found.small,
      Cmd: ["sleep", "600"],
      name: `somebody-else-${process.pid}`,
      HostConfig: { NetworkMode: "none" },
    });
    try {
      await users.start();
      const measured = await tierbenchHere(quick("beside", "--modes", "warm,cold", "--iterations", "2"));
      expect(measured.code, measured.stderr).toBe(0);
      expect((await users.inspect()).State.Running).toBe(true);
    } finally {
      await users.remove({ force: true });
    }
    expect(
      rows("beside")
        .map(({ mode, outcome }) => `${mode} ${outcome}`)
        .filter((row) => row !== "warm ok"),
    ).toEqual(["cold failed"]);
    const { warnings } = manifest("beside").sessions[0] as Session;
    expect(warnings.map(({ summary }) => summary)).toEqual(
      expect.arrayContaining(["other containers run on this engine", "1 trial ended as failed"]),
    );
    expect(warnings.find(({ summary }) => summary.includes("failed"))?.evidence).toContain("stay in the page cache");
  });

  it("overwrites nothing: the label is taken, --append adds a session", async () => {
    const before = readFileSync(join(folder, "whole", "startup.csv"), "utf8");
    const again = await tierbenchHere(quick("whole"));
    expect(again.code).toBe(2);
    expect(errorLines(again).join()).toContain("--append");
    const appended = await tierbenchHere(quick("whole", "--append"));
    expect(appended.code, appended.stderr).toBe(0);
    expect(readFileSync(join(folder, "whole", "startup.csv"), "utf8").startsWith(before)).toBe(true);
    expect(rows("whole").at(-1)).toMatchObject({ session: 2, trial: 6 + 3 });
    expect(manifest("whole").sessions).toHaveLength(2);
  });

  it("with --probe events leaves the tiers empty and says so", async () => {
    const measured = await tierbenchHere(quick("coarse", "--probe", "events"));
    expect(measured.code, measured.stderr).toBe(0);
    expect(
      rows("coarse").every(
        (row) => row.shim_exec_ns === null && row.entry_acts_ns === row.first_byte_ns && row.entry_acts_ns !== null,
      ),
    ).toBe(true);
    const { stdout } = await tierbenchHere(["analyze", join(folder, "coarse"), "--format", "json"]);
    const [condition] = JSON.parse(stdout).platforms[0].conditions;
    expect(condition.metrics.total_ms.n).toBe(1);
    expect(condition.metrics).not.toHaveProperty("daemon_ms");
  });
});

describe("bad days", () => {
  it("Ctrl-C ends with every finished row on disk and nothing left behind", async () => {
    const { child, ended, errors } = begin(quick("interrupted", "--iterations", "500"));
    await expect.poll(errors, PATIENTLY).toContain("block 3/");
    process.kill(-(child.pid as number), "SIGINT");
    const { code } = await ended;
    expect(code).toBe(130);
    expect(rows("interrupted").length).toBeGreaterThanOrEqual(3);
    expect(manifest("interrupted").sessions[0]).toMatchObject({ ending: "interrupted" });
    await nothingIsLeftOf(child);
  });

  it("a missing image is named, before anything is written", async () => {
    const end = await tierbenchHere(quick("no-image", "--images", "web=tierbench/no-such-image:0"));
    expect(end.code).toBe(1);
    expect(errorLines(end).join()).toContain(
      "the engine has no image tierbench/no-such-image:0: docker pull tierbench/no-such-image:0 fetches it",
    );
    expect(existsSync(join(folder, "no-image"))).toBe(false);
  });

  it("a broken row and another version's folder are refused with file and line", async () => {
    const csv = join(folder, "whole", "startup.csv");
    const sound = readFileSync(csv, "utf8");
    writeFileSync(csv, sound.replace("\n2,1,", "\n2,one,"));
    const broken = await tierbenchHere(["analyze", join(folder, "whole")]);
    expect(broken.code).toBe(1);
    expect(errorLines(broken).join()).toMatch(/startup\.csv:3, column session: got "one", expected a whole number/);
    writeFileSync(csv, sound);
    const json = join(folder, "whole", "platform.json");
    writeFileSync(json, readFileSync(json, "utf8").replaceAll(`"version": "${version}"`, '"version": "99.0.0"'));
    for (const args of [["analyze", join(folder, "whole")], quick("whole", "--append")]) {
      const other = await tierbenchHere(args);
      expect(other.code).toBe(1);
      expect(errorLines(other).join()).toContain("written by tierbench 99.0.0");
    }
  });
});

describe("trace", () => {
  it("starts one container and prints its timeline", async () => {
    const { code, stdout } = await tierbenchHere([
      "trace",
      "--network",
      "host",
      "--engine",
      found.url,
      "--format",
      "json",
      found.small,
      "sleep",
      "0.2",
    ]);
    expect(code).toBe(0);
    const [start] = JSON.parse(stdout).starts;
    expect(start.tiers.daemon_ns + start.tiers.runtime_ns + start.tiers.process_ns).toBe(start.total_ns);
    expect(start.tiers.process_ns).toBeGreaterThan(200e6);
  });

  it("fails when the start does", async () => {
    const failed = await tierbenchHere(["trace", "--network", "host", "--engine", found.url, found.small, "no-such-program"]);
    expect(failed.stdout).toContain("no-such-program");
    expect(failed.code).toBe(1);
  });
});
