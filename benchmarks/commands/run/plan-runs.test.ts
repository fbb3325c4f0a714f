import { expect, test } from "vitest";
import { planSessions } from "../../design/session-plan.ts";
import { planRuns } from "./plan-runs.ts";

const asked = { experiments: ["startup" as const], options: { iterations: "20" } };
const labelled = (...labels: string[]) => labels.map((label) => ({ label, engine: undefined }));
const request = { iterations: 20, precision: undefined, seed: 3, asked, platforms: labelled("a") };

test("a platform of its own has sessions behind those that it has, and no rounds", () => {
  const turns = planSessions(1, 2, 3);
  const earlier = [{ session: 1 }, { session: 4, round: 2 }];
  expect(planRuns(request, [earlier], turns)).toEqual([
    {
      ...{ seed: 3, iterations: 20 },
      sessions: [
        { session: 5, seed: 3 },
        { session: 6, seed: turns[1]?.seed },
      ],
      asked,
    },
  ]);
  expect(planRuns({ ...request, precision: 0.02 }, [[]], turns)[0]).toMatchObject({
    precision: 0.02,
    sessions: [{ session: 1 }, {}],
  });
});

test("platforms in turns share rounds and seeds, which count on behind every round that one of them had", () => {
  const turns = planSessions(2, 3, 3);
  const [a, b] = planRuns(
    { ...request, platforms: labelled("a", "b") },
    [
      [
        { session: 1, round: 1 },
        { session: 2, round: 2 },
      ],
      [],
    ],
    turns,
  );
  expect(a?.sessions.map(({ session, round }) => [session, round])).toEqual([
    [3, 3],
    [4, 4],
    [5, 5],
  ]);
  expect(b?.sessions.map(({ session, round }) => [session, round])).toEqual([
    [1, 3],
    [2, 4],
    [3, 5],
  ]);
  expect(a?.sessions.map(({ seed }) => seed)).toEqual(b?.sessions.map(({ seed }) => seed));
  expect([a?.platforms, b?.platforms]).toEqual([
    ["a", "b"],
    ["a", "b"],
  ]);
  a?.sessions.forEach(({ turn }, index) => {
    expect([turn, b?.sessions[index]?.turn].sort()).toEqual([1, 2]);
  });
});
