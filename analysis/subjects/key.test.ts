/** Conditions of two experiments may have the same name: each is explained by its own starts. */
import { expect, test } from "vitest";
import { compareWherePossible } from "../comparisons/compare.ts";
import { tierBars } from "../figures/parts/tier-bars.ts";
import { EVENTS_START_MS, scaled, startupRow, WHOLE_START_MS } from "../testing/rows.ts";
import { coldRootfsOf, subjectOf } from "../testing/subjects.ts";

const eight = (fields: Parameters<typeof startupRow>[0]) =>
  Array.from({ length: 8 }, (_, index) => startupRow({ trial: index + 1, block: index + 1, ...fields }));
const coldRootfs = coldRootfsOf(eight({ mode: "warm" }));

test("compare explains cold-rootfs by its own starts, or not at all", () => {
  const subjects = [
    subjectOf(eight({}), "a", [coldRootfs]),
    subjectOf(eight({ offsets_ms: scaled(WHOLE_START_MS, 2) }), "b", [coldRootfs]),
  ];
  const { comparisons } = compareWherePossible(subjects, { reference: null });
  const totals = comparisons.filter(({ metric }) => metric === "total_ms");
  expect(totals.map(({ experiment, condition, trials }) => [experiment, condition, trials.shift])).toEqual([
    ["startup", "small warm", -100],
    ["cold-rootfs", "small warm", 0],
  ]);
  expect(totals.map(({ explained }) => explained?.total_ms ?? 0)).toEqual([-100, 0]);
});

test("startup seen by events alone has no tier bars, whatever cold-rootfs measured", () => {
  const subject = subjectOf(eight({ probe: "events", offsets_ms: EVENTS_START_MS }), "a", [coldRootfs]);
  expect(tierBars([subject]).bars).toEqual([]);
});
