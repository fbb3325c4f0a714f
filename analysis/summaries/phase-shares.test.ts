import { expect, test } from "vitest";
import { toMilliseconds } from "../../research/units.ts";
import { shareIntervals } from "../samples/share.ts";
import { type Start, totalOf } from "../subjects/starts.ts";
import { startTaking } from "../testing/starts.ts";
import { ofEachStart, phaseKinds, phaseShare, phaseTimes } from "./phase-shares.ts";

function sharesOf(starts: readonly Start[]) {
  const totals = starts.map((start) => toMilliseconds(totalOf(start)));
  return phaseKinds(starts).map((kind) => {
    const phase = phaseTimes(starts, kind);
    return {
      phase: kind.phase,
      times: ofEachStart(phase, starts.length),
      ...phaseShare(phase, totals, shareIntervals(totals, null)),
    };
  });
}

test("are shares of the summed time, and a phase that did not happen took none", () => {
  expect(sharesOf([startTaking({ create_api: 10, hook: 30 }), startTaking({ create_api: 60 })])).toMatchObject([
    { phase: "create_api", share_pct: 70, times: [10, 60] },
    { phase: "hook", share_pct: 30, times: [30, 0] },
  ]);
});

test("add up to 100 %, come in the phases' order, and lie within their intervals", () => {
  const starts = Array.from({ length: 7 }, (_, index) =>
    startTaking({ create_api: 10 + (index % 3), cgroups: 5 + ((index + 1) % 3), entrypoint: 2 + ((index + 2) % 3) }),
  );
  const shares = sharesOf(starts);
  expect(shares.reduce((sum, { share_pct }) => sum + share_pct, 0)).toBeCloseTo(100, 9);
  expect(shares.map(({ phase }) => phase)).toEqual(["create_api", "cgroups", "entrypoint"]);
  for (const { share_pct, share_ci } of shares) {
    expect(share_ci?.[0]).toBeLessThan(share_pct);
    expect(share_ci?.[1]).toBeGreaterThan(share_pct);
  }
});
