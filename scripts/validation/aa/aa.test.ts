/** The short form of validate:aa, on drawn sessions: what goes through it, and that one session a side gives no verdict. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { normalDraws } from "../../../analysis/testing/normal-draws.ts";
import { manifest, scaled, session, startupRow, WHOLE_START_MS } from "../../../analysis/testing/rows.ts";
import { startupTable } from "../../../research/tables/startup.ts";
import { whatCompareSays } from "./called.ts";
import { mostByChance, shareByChance } from "./error-bound.ts";
import { atRandom, inOrder, randomIndex, roundsAtRandom, roundsInOrder } from "./groups.ts";
import { type Measured, readMeasured, writeGroup } from "./regroup.ts";
import { commonRounds, completeSessions, tell } from "./tell.ts";

const VERSION = "0.1.0";
const ROUNDS = 8;
let place: string;
let a: Measured;
let b: Measured;

/** Sessions of five starts that differ by 2 %. */
function collected(label: string, partner: string, seed: number): Measured {
  const draw = normalDraws(seed);
  const numbers = Array.from({ length: ROUNDS }, (_, index) => index + 1);
  const sessions = numbers.map((number) => session({ session: number, round: number, paired_with: [partner, "slow"] }));
  const rows = numbers.flatMap((number) => {
    const level = 1 + 0.02 * draw();
    return Array.from({ length: 5 }, (_, block) =>
      startupRow({
        ...{ trial: 5 * (number - 1) + block + 1, session: number, block: block + 1 },
        offsets_ms: scaled(WHOLE_START_MS, level * (1 + 0.01 * draw())),
      }),
    );
  });
  const folder = join(place, label);
  mkdirSync(folder);
  writeFileSync(join(folder, "platform.json"), JSON.stringify(manifest({ label, sessions })));
  writeFileSync(join(folder, "startup.csv"), startupTable.header + rows.map(startupTable.formatRow).join(""));
  return readMeasured(folder, VERSION);
}

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), "tierbench-aa-test-"));
  [a, b] = [collected("a", "b", 1), collected("b", "a", 2)];
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

test("one session a side gives no verdict, and closes no gate", () => {
  const told = tell({ a, b: a, paired: false, factor: 1.5 }, inOrder(completeSessions(a), 1), VERSION);
  expect(told).toMatchObject({ comparisons: 4, silent: 4, family: 0, gate: 0 });
});

test("what is there is found, by both designs, and the gate closes", () => {
  const sessions = tell({ a, b: a, paired: false, factor: 1.5 }, inOrder(completeSessions(a), 3), VERSION);
  expect(sessions).toEqual({ comparisons: 1, warm: 1, cold: 0, family: 1, gate: 1, silent: 0 });
  const rounds = tell({ a, b, paired: true, factor: 1.5 }, roundsInOrder(commonRounds(a, b), 4), VERSION);
  expect(rounds).toMatchObject({ comparisons: 2, family: 2, gate: 2 });
});

test("a group is read and printed like any platform, in turns where rounds pair it", () => {
  const folders = [
    writeGroup(place, a, { label: "left", sessions: [2, 4, 6], partner: "right" }),
    writeGroup(place, b, { label: "right", sessions: [2, 4, 6], partner: "left" }),
  ] as const;
  expect(whatCompareSays(folders, "right", VERSION).text).toContain("3 rounds in turns");
  writeGroup(place, a, { label: "left", sessions: [1, 3, 5] });
  expect(whatCompareSays(folders, "right", VERSION).text).toContain("3 sessions a side, not interleaved");
});

describe("groups", () => {
  const sessions = [1, 2, 3, 4, 5, 6, 7];

  test("in order they share nothing, and none is shorter", () => {
    expect(inOrder(sessions, 1)).toHaveLength(3);
    expect(inOrder(sessions, 3)).toEqual([{ a: [1, 2, 3], b: [4, 5, 6] }]);
    expect(inOrder(sessions, 4)).toEqual([]);
    expect(roundsInOrder(sessions, 3).map(({ a }) => a)).toEqual([sessions.slice(0, 3), sessions.slice(3, 6)]);
  });

  test("at random both sides share no session, or have the same rounds", () => {
    for (const group of atRandom(sessions, 3, 20, randomIndex(1))) expect(new Set([...group.a, ...group.b]).size).toBe(6);
    for (const group of roundsAtRandom(sessions, 3, 20, randomIndex(1))) expect(group.a).toBe(group.b);
  });
});

test("of 20 comparisons of equals chance calls four different at most; splits of 20 sessions are worth few of them", () => {
  expect(mostByChance(20)).toBe(4); // R: qbinom(0.99, 20, 0.05) is 4
  const { mean, effective } = shareByChance(20, false, (numbers, index) => atRandom(numbers, 10, 20, index));
  expect(mean).toBeGreaterThan(0.03);
  expect(mean).toBeLessThan(0.07);
  expect(effective).toBeGreaterThan(1);
});
