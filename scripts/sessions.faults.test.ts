import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseManifest } from "../research/manifest.ts";
import { startupTable } from "../research/tables/startup.ts";
import { errorLines, tierbenchHere } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";

const { found, folder } = engineAndFolder("sessions");
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };

const read = (platform: string, file: string): string => readFileSync(join(folder, platform, file), "utf8");
const manifest = (platform: string) => parseManifest(read(platform, "platform.json"), platform, version);
const rows = (platform: string) => startupTable.parse(read(platform, "startup.csv"), platform);
const run = (...more: string[]): string[] => [
  "run",
  "startup",
  "--network",
  "host",
  "--images",
  "small",
  "--out",
  folder,
  ...more,
];

describe("a run of several sessions", { timeout: 300_000 }, () => {
  it("of two engines alternates between them, and pairs their sessions by round", async () => {
    // One engine under two names: a run does not ask.
    const platforms = ["--platform", `a=${found.url}`, "--platform", `b=${found.url}`];
    const measured = await tierbenchHere(run(...platforms, "--iterations", "2", "--sessions", "2", "--seed", "4"));
    expect(measured.code, measured.stderr).toBe(0);
    for (const label of ["a", "b"]) expect(measured.stderr).toContain(`\n${label}: warning: cold starts `);
    expect(measured.stderr).not.toMatch(/^warning: /m);
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
    const ended = await tierbenchHere(run(...platforms, "--iterations", "2"));
    expect(errorLines(ended).join()).toContain("unix:///nonexistent/docker.sock does not answer");
    expect(ended.code).toBe(1);
    expect(readdirSync(folder).filter((name) => name === "c" || name === "d")).toEqual([]);
  });
});
