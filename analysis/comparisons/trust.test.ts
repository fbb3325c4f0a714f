/** What is called a defect takes headline, verdict and gate with it; what is a caution stands beside the number. */
import { expect, test } from "vitest";
import { writePerformance } from "../figures/dots/write-performance.ts";
import { platformRatios } from "../figures/platform-ratios.ts";
import { renderComparison } from "../format/comparison/comparison-report.ts";
import { blockKey } from "../subjects/measurement.ts";
import { drawn, keyOf } from "../testing/drawn.ts";
import { measurement, scattered } from "../testing/measurement.ts";
import { bareSubject } from "../testing/subjects.ts";
import { compare } from "./compare.ts";
import { beyondThreshold, notJudged } from "./threshold.ts";

const FIELDS = { experiment: "write", metric: "speed", unit: "MB/s", better: "higher", factors: { path: "overlayfs" } } as const;
const blocks = Array.from({ length: 50 }, (_, index) => blockKey(Math.floor(index / 10), index));
const speeds = (label: string, values: readonly number[]) =>
  bareSubject(label, [
    measurement(values, { ...FIELDS, blocks, trials: values.length }),
    measurement(scattered(3, 50, 300, 3), { ...FIELDS, factors: { path: "volume" }, blocks, trials: values.length }),
  ]);
/** As a program prints 700 to 1300 MB/s: in GB/s from 1000 on, with the unit cut off. */
const printed = scattered(1, 50, 1000, 100).map((value) => (value < 1000 ? value : Number((value / 1000).toFixed(1))));
const cutOff = speeds("cut off", printed);
const report = compare([speeds("whole", scattered(2, 50, 260, 5)), cutOff], { reference: "cut off" });

test("a unit that was cut off gives no headline, no verdict and no passed gate, and is named in their place", () => {
  const [overlayfs] = report.comparisons;
  expect(overlayfs).toMatchObject({
    condition: "overlayfs",
    verdict: "none",
    reason: expect.stringMatching(/^defect: cut off: /),
  });
  expect(overlayfs?.sessions.ratio_ci_simultaneous).toBeNull();
  const text = renderComparison(report, "text");
  expect(text).toMatch(/write `overlayfs` \(speed\): no verdict on whole and cut off\. Defect: cut off: /);
  expect(text).not.toMatch(/times? as high|× as high/);
  const row = text.split("\n").find((line) => /^ *overlayfs .* none: defect /.test(line));
  expect(row).toMatch(/ –$/); // no size of an effect either
  expect(beyondThreshold(report.comparisons, 0.05, true)).toEqual([]);
  expect(notJudged(report, 0.05, true)).toContainEqual(
    expect.objectContaining({ what: "write overlayfs speed", reason: expect.stringMatching(/^defect/) }),
  );
  const drawing = drawn(platformRatios, [speeds("whole", scattered(2, 50, 260, 5)), cutOff]);
  expect(drawing.leftOut.join()).toContain("defect, cut off: ");
  expect(drawing.tables[0]?.rows.map(([, condition]) => condition)).not.toContain("overlayfs");
});

test("a figure of the values themselves names it", () => {
  const drawing = drawn(writePerformance, [cutOff]);
  expect(drawing.caption).toContain("Defect, conclude nothing: cut off: write speed");
  expect(keyOf(drawing)).toContain("‡ defect: conclude nothing");
});

test("what has a defect does not count in its family", () => {
  const volume = report.comparisons.find(({ condition }) => condition === "volume");
  expect(volume?.defects).toEqual([]);
  expect(volume?.sessions.p_holm).toBe(volume?.sessions.p);
});
