import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseManifest } from "./manifest.ts";

const version = (JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string }).version;
const committed = readFileSync(new URL("../results/debian12-docker20-suite/platform.json", import.meta.url), "utf8");

/** Of the committed platform's first session, with an entry added. */
function observerEffect(observer_effect: unknown) {
  const json = JSON.parse(committed) as { sessions: object[] };
  const sessions = [{ ...json.sessions[0], observer_effect }];
  return parseManifest(JSON.stringify({ ...json, sessions }), "platform.json", version).sessions[0]?.observer_effect;
}

const effect = { probe: "tracefs", image: "small", pairs: 50, traced_over_untraced: 1.01, interval: [0.99, 1.03] };

test("what watching cost: in older files one probe, compared with Docker's events alone", () => {
  expect(observerEffect(effect)).toEqual([{ ...effect, baseline: "events" }]);
  const both = [{ ...effect, baseline: "off" } as const, { ...effect, probe: "events", baseline: "off" } as const];
  expect(observerEffect(both)).toEqual(both);
  expect(() => observerEffect({ ...effect, pairs: 0 })).toThrow("platform.json");
});

test("sessions measured in turns name their partners and their round, and the run its plan; older files have none of it", () => {
  const json = JSON.parse(committed) as { sessions: object[] };
  const { fresh_engine: _, ...withoutTurns } = json.sessions[0] as { readonly fresh_engine?: boolean };
  const [older] = parseManifest(JSON.stringify({ ...json, sessions: [withoutTurns] }), "platform.json", version).sessions;
  expect([older?.round, older?.paired_with, older?.fresh_engine]).toEqual([undefined, undefined, undefined]);
  const paired = { paired_with: ["other"], round: 1, fresh_engine: false };
  const sessions = [{ ...json.sessions[0], ...paired }];
  const runs = [{ seed: 7, iterations: 10, sessions: [{ session: 1, seed: 7, round: 1, turn: 2 }] }];
  const read = parseManifest(JSON.stringify({ ...json, runs, sessions }), "platform.json", version);
  expect(read.sessions[0]).toMatchObject(paired);
  expect(read.runs).toEqual(runs);
  const bad = [{ ...json.sessions[0], paired_with: ["a/b"], round: 1 }];
  expect(() => parseManifest(JSON.stringify({ ...json, sessions: bad }), "platform.json", version)).toThrow("paired_with");
});

test.each([
  ["an older one", "0.0.9", true],
  ["another patch", `${version}-rc1`, true],
  ["a newer minor", "0.99.0", false],
  ["a newer major", "7.0.0", false],
])("what %s wrote (%s) is read: %s", (_, wrote, isRead) => {
  const json = JSON.parse(committed) as { sessions: object[] };
  const text = JSON.stringify({ ...json, sessions: [{ ...json.sessions[0], tool: { version: wrote, commit: null } }] });
  const read = (): unknown => parseManifest(text, "platform.json", version);
  if (isRead) expect(read()).toBeDefined();
  else expect(read).toThrow(`written by tierbench ${wrote}, this is ${version}`);
});
