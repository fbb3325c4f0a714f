/** What is computed from a number, or is a part of it, has what was found in that number. */
import { expect, test } from "vitest";
import { blockKey, type Measurement } from "../subjects/measurement.ts";
import { platformSubject } from "../subjects/platform-subject.ts";
import { analysisOf } from "../summaries/summarise.ts";
import { measurement, scattered } from "../testing/measurement.ts";
import { manifest, scaled, session, startupRow, WHOLE_START_MS } from "../testing/rows.ts";
import { bareSubject, platformOf, subjectOf } from "../testing/subjects.ts";
import { doubtsOf } from "./findings-of.ts";

const FIELDS = { experiment: "write", unit: "MB/s", better: "higher", factors: { path: "overlayfs" } } as const;
const blocks = Array.from({ length: 50 }, (_, index) => blockKey(Math.floor(index / 10), index));
/** As a program prints 700 to 1300 MB/s, the unit cut off from 1 GB/s on. */
const printed = scattered(1, 50, 1000, 100).map((value) => (value < 1000 ? value : Number((value / 1000).toFixed(1))));
const column = (metric: string, values: readonly number[], more: Partial<Measurement> = {}): Measurement =>
  measurement(values, { ...FIELDS, metric, blocks, trials: values.length, ...more });
const speed = column("speed", printed);

test.each([
  [
    "a metric that is seen to be a quotient",
    column(
      "seconds",
      printed.map((value) => 256 / value),
      { unit: "s" },
    ),
  ],
  ["one that is declared to come from it", column("files", scattered(2), { from: ["speed"] })],
])("%s has its defects", (_, computed) => {
  const { defects } = doubtsOf(bareSubject("here", [speed, computed]), computed);
  expect(defects).toEqual([expect.stringContaining("a unit seems to have been cut off")]);
});

test("one that has nothing to do with it has none", () => {
  const other = column("other", scattered(2));
  expect(doubtsOf(bareSubject("here", [speed, other]), other)).toMatchObject({ defects: [], cautions: [] });
});

test("a pair of conditions has those of both, and does not count in its family", () => {
  const volume = measurement(scattered(3, 50, 900, 30), { ...FIELDS, factors: { path: "volume" }, metric: "speed", blocks });
  const inTurns = [speed, volume].map((each, turn) => ({ ...each, rows: each.rows.map((row) => 2 * row + turn) }));
  const [pair] = analysisOf([bareSubject("here", inTurns)], []).platforms[0]?.paired ?? [];
  expect(pair).toMatchObject({ defects: [expect.stringContaining("cut off")], p_holm: null });
});

test("tiers and phases of a start have what was found in its total: a level that changes, few sessions", () => {
  const rows = Array.from({ length: 40 }, (_, block) =>
    startupRow({ block: block + 1, offsets_ms: scaled(WHOLE_START_MS, (block < 20 ? 1 : 2) + (block % 7) / 100) }),
  );
  const { metrics = {} } = analysisOf([subjectOf(rows)], []).platforms[0]?.conditions[0] ?? {};
  const cautions = metrics.total_ms?.cautions ?? [];
  expect(cautions).toContainEqual(expect.stringContaining("too few sessions (1)"));
  expect(cautions.length).toBeGreaterThan(1);
  const parts = Object.values(metrics).filter(({ part }) => part !== null);
  expect(parts.length).toBeGreaterThan(6);
  for (const part of parts) expect(part.cautions).toEqual(cautions);
});

/** As platform.json of earlier versions has it, too. */
const RELOADS = [
  { summary: "cold starts also reload the engine's and the runtime's own programs", evidence: "it evicts", remedy: "read on" },
];

/** It is told long afterwards. */
const WAS_BUSY = "the machine was busy while this was measured";

test("what the sessions were warned of stands on the numbers that it concerns: cold starts, an experiment, or all", () => {
  const warned = (summary: string) => ({ summary, evidence: "seen", remedy: "none" });
  const warnings = [...RELOADS, warned("the machine is busy"), warned("write: 3 trials ended as failed")];
  const rows = (["warm", "cold"] as const).map((mode) => startupRow({ mode }));
  const sessions = [session({ warnings })];
  const subject = platformSubject(platformOf(rows, { manifest: manifest({ sessions }) }));
  const cautionsOf = (condition: string, metric: string) =>
    doubtsOf(subject, { experiment: "startup", condition, metric }).cautions.filter(
      (each) => !each.startsWith("too few sessions"),
    );
  expect(cautionsOf("small warm", "total_ms")).toEqual([WAS_BUSY]);
  expect(cautionsOf("small warm", "hook_ms")).toEqual([WAS_BUSY]);
  for (const metric of ["total_ms", "hook_ms"]) expect(cautionsOf("small cold", metric)).toEqual([RELOADS[0]?.summary, WAS_BUSY]);
});
