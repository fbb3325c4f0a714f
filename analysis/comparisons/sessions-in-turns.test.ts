/** Sessions that platform.json calls a pair are compared within their rounds. */
import { expect, test } from "vitest";
import { platformSubject } from "../subjects/platform-subject.ts";
import { normalDraws } from "../testing/normal-draws.ts";
import { manifest, scaled, session, startupRow, WHOLE_START_MS } from "../testing/rows.ts";
import { platformOf } from "../testing/subjects.ts";
import { compare } from "./compare.ts";

/** What the hour does to both of a round. */
const ROUNDS = [1, 1.3, 0.8, 1.1, 0.9, 1.2];

/** Ten starts a session, one session a round; session numbers run backwards, so that only the round can pair them. */
function inTurns(label: string, level: number, partner: string | null, seed: number, rounds = ROUNDS.length) {
  const draw = normalDraws(seed);
  const numbers = ROUNDS.slice(0, rounds).map((_, index) => index + 1);
  const sessions = numbers.map((number) =>
    session({ session: number, ...(partner === null ? {} : { paired_with: [partner], round: rounds + 1 - number }) }),
  );
  const rows = numbers.flatMap((number) =>
    Array.from({ length: 10 }, (_, block) => {
      const hour = ROUNDS[rounds - number] as number;
      return startupRow({
        ...{ trial: (number - 1) * 10 + block + 1, session: number, block: block + 1 },
        offsets_ms: scaled(WHOLE_START_MS, level * hour * (1 + 0.01 * draw())),
      });
    }),
  );
  return platformSubject(platformOf(rows, { label, manifest: manifest({ label, sessions }) }));
}
const totalOf = (...subjects: ReturnType<typeof inTurns>[]) =>
  compare(subjects, { reference: null }).comparisons.find(({ metric }) => metric === "total_ms");

test("what a round's sessions have in common falls out, in the ratio and in its explanation", () => {
  const total = totalOf(inTurns("a", 1.1, "b", 1), inTurns("b", 1, "a", 2));
  expect(total).toMatchObject({ verdict: "slower", sessions: { k_a: 6, k_b: 6, paired: true, df: 5, rank_p: 2 / 2 ** 6 } });
  expect(total?.sessions.ratio).toBeCloseTo(1.1, 1);
  expect(total?.cautions.join()).not.toContain("not interleaved");
  expect(total?.explained?.replicate).toBe("session");
  const added = total?.explained?.phases.reduce((sum, { difference_ms }) => sum + difference_ms, 0);
  expect(added).toBeCloseTo(total?.explained?.total_ms ?? 0, 6);
});

test("the same sessions, of which nothing says that they were in turns, differ among themselves by more", () => {
  const total = totalOf(inTurns("a", 1.1, null, 1), inTurns("b", 1, null, 2));
  expect(total).toMatchObject({ verdict: "not certain", sessions: { k_a: 6, k_b: 6, paired: false } });
  expect(total?.cautions).toContain("not interleaved: the sessions were not measured in turns");
});

test("sessions that name another platform as their partner are no pair, nor are fewer than three rounds", () => {
  expect(totalOf(inTurns("a", 1.1, "c", 1), inTurns("b", 1, "a", 2))?.sessions.paired).toBe(false);
  const two = totalOf(inTurns("a", 1.1, "b", 1, 2), inTurns("b", 1, "a", 2, 2));
  expect(two).toMatchObject({ verdict: "none", sessions: { k_a: 2, k_b: 2, paired: false, ratio: null, rank_p: null } });
});
