/** What a hand does to a file, on values of two decimals as the study's script writes them, and what only looks like it. */
import { describe, expect, test } from "vitest";
import type { Measurement } from "../../subjects/measurement.ts";
import { measurement, scattered } from "../../testing/measurement.ts";
import { copiedTrials } from "./copied-trials.ts";
import { filledDown } from "./filled-down.ts";
import { thousandfolds } from "./thousandfold.ts";

const values = scattered(1);
const also = measurement(scattered(2), { condition: "medium", factors: { image: "medium" } });

describe("one value in another unit", () => {
  const of = (changed: readonly number[], fields: Partial<Measurement> = {}) => thousandfolds([measurement(changed, fields)], []);

  test.each([
    [1_000, "1000 times"],
    [1e6, "1000000 times"],
    [1 / 1_000, "1/1000 of"],
  ])("times %d is found, with its row", (factor, words) => {
    const [finding] = of(values.with(7, (values[7] as number) * factor));
    expect(finding).toMatchObject({ detector: "thousandfold", severity: "caution", rows: [8] });
    expect(finding?.summary).toBe(`startup total_ms: a value of small is about ${words} the others, as if in another unit`);
  });

  test("is found among more values than a call takes as arguments", () => {
    const many = Array.from({ length: 200_000 }, (_, index) => 300 + (index % 7)).with(7, 300_000);
    const rows = many.map((_, index) => index + 1);
    expect(of(many, { rows })).toMatchObject([{ rows: [8], numbers: { least: 300, most: 306 } }]);
  });

  test("is found beside values that were set to 0", () => {
    expect(of(values.with(3, 0).with(7, 300_000))).toMatchObject([{ rows: [8] }]);
  });

  test("an outlier of another size, of few trials, or among values of all sizes is none", () => {
    expect(of(values)).toEqual([]);
    for (const factor of [20, 200, 3_000, 1 / 50]) expect(of(values.with(7, 300 * factor))).toEqual([]);
    expect(of([300, 310, 290, 300_000])).toEqual([]);
    expect(of([1, 3, 10, 40, 120, 500, 2_000, 3_000])).toEqual([]);
    expect(of(values.with(3, -1).with(7, 300_000))).toEqual([]);
    expect(of([0, 0, 0, 0, 300, 310, 290, 300_000])).toEqual([]);
  });

  test("what is told of the whole metric is not told again", () => {
    const lost = { ...(of(values.with(7, 300_000))[0] as object), detector: "lost-unit" } as never;
    expect(thousandfolds([measurement(values.with(7, 300_000))], [lost])).toEqual([]);
  });
});

describe("a value that was filled down", () => {
  const filled = (length: number, value = values[5] as number): number[] =>
    values.map((each, index) => (index >= 5 && index < 5 + length ? value : each));

  test("is found from ten in a row on, also where it is all there is", () => {
    expect(filledDown([measurement(filled(10))])).toMatchObject([
      { detector: "filled-down", condition: "small", rows: [6, 7, 8, 9, 10], numbers: { length: 10 } },
    ]);
    expect(filledDown([measurement(filled(9)), also])).toEqual([]);
    expect(filledDown([measurement(filled(50)), also])).toHaveLength(1);
    expect(filledDown([measurement(Array.from({ length: 50 }, () => 561.23))])).toHaveLength(1);
  });

  test("is none where steps are coarse, 0 was clamped, or no time was measured", () => {
    const coarse = values.map((value) => Math.round(value / 100) * 100);
    expect(filledDown([measurement(coarse)])).toEqual([]);
    expect(filledDown([measurement(filled(20, 0))])).toEqual([]);
    expect(filledDown([measurement(filled(20), { unit: "MB" })])).toEqual([]);
    // By a clock of 10 ms, which the decimals of two other values hide.
    const ticks = values.map((value, index) => (index < 2 ? value : index < 30 ? 300 : 310));
    expect(filledDown([measurement(ticks)])).toEqual([]);
    // By a clock of 1 ms, which sees one tick of what is short, and none of what is shorter.
    const short = measurement(values.map(() => 1_000));
    expect(filledDown([short])).toEqual([]);
    expect(filledDown([short, { ...also, values: also.values.map(() => 0) }])).toEqual([]);
    // A timer that rings after a second, by a clock that tells more.
    const rung = values.map((value, index) => (index % 12 === 0 ? value : 1_000.01));
    expect(filledDown([measurement(rung)])).toEqual([]);
  });
});

describe("rows that were copied and numbered anew", () => {
  const copied = (from: number, to: number, length: number): Measurement =>
    measurement(values.map((each, index) => (index >= to && index < to + length ? (values[index - to + from] as number) : each)));

  test("are found by what follows one another", () => {
    expect(copiedTrials([copied(5, 30, 6)])).toMatchObject([
      { detector: "copied-trials", rows: [31, 32, 33, 34, 35], numbers: { trials: 6, row: 31, of_row: 6 } },
    ]);
  });

  test("are found where a pass is a row here and there", () => {
    const conditions = ["a", "b", "c", "d", "e", "f"].map((name, place) => {
      const own = scattered(10 + place);
      const rows = own.map((_, index) => place * 50 + index + 1);
      return measurement(own.with(40, own[3] as number), { condition: name, factors: { image: name }, rows });
    });
    expect(copiedTrials(conditions)).toMatchObject([
      { condition: "a, b, c, d, e, f", numbers: { trials: 6, row: 41, of_row: 4 } },
    ]);
  });

  test("are none where values are often the same, or two are", () => {
    expect(copiedTrials([measurement(values), also])).toEqual([]);
    expect(copiedTrials([copied(5, 30, 2)])).toEqual([]);
    const levels = [500.01, 600.02, 700.03];
    const timer = measurement(values.map((value, index) => (index % 9 === 0 ? value : (levels[index % 3] as number))));
    expect(copiedTrials([timer])).toEqual([]);
    const coarse = measurement(values.map((value) => Math.round(value / 10) * 10));
    expect(copiedTrials([coarse])).toEqual([]);
  });

  test("of several metrics are told once", () => {
    const [one] = [copied(5, 30, 6)];
    expect(copiedTrials([one, { ...one, metric: "daemon_ms" }])).toHaveLength(1);
  });
});
