import { describe, expect, it } from "vitest";
import { renderComparison } from "../format/comparison/comparison-report.ts";
import { comparisonSentence } from "../format/comparison/comparison-sentence.ts";
import type { Condition } from "../subjects/condition.ts";
import type { Context } from "../subjects/context.ts";
import { type ConditionName, conditionKey } from "../subjects/key.ts";
import type { Measurement } from "../subjects/measurement.ts";
import type { Subject } from "../subjects/subject.ts";
import { startTaking } from "../testing/starts.ts";
import { bareSubject } from "../testing/subjects.ts";
import { compare } from "./compare.ts";
import { beyondThreshold } from "./threshold.ts";

const SMALL_WARM: ConditionName = { experiment: "startup", condition: "small warm" };
const context: Context = { images: [{ digest: "sha256:1" }], command: "echo hello", probe: "tracefs" };

/** 50 starts spread evenly over ±10 % of the middle; one phase of two takes all the difference. */
function subject(label: string, middle: number, more: Partial<Context> = {}, hook = middle - 100): Subject {
  const values = Array.from({ length: 50 }, (_, index) => middle * (0.9 + (0.2 * index) / 49));
  const starts = values.map((ms) => startTaking({ create_api: ms - hook, hook }));
  const condition: Condition = {
    ...{ ...SMALL_WARM, factors: { image: "small", mode: "warm" }, context: { ...context, ...more } },
    ...{ probes: ["tracefs"], outcomes: { ok: 50, timeout: 0, failed: 0, "probe-lost": 0 }, starts },
    warmups: { values: [], rows: [] },
  };
  return bareSubject(
    label,
    [
      {
        ...{ experiment: "startup", factors: { image: "small", mode: "warm" }, condition: "small warm" },
        ...{ metric: "total_ms", unit: "ms", better: "lower", values },
        ...{ blocks: values.map((_, index) => index + 1), rows: values.map((_, index) => index + 1) },
      },
    ],
    { conditions: new Map([[conditionKey(SMALL_WARM), condition]]) },
  );
}
const all = { reference: null, seed: 1 };
const only = (...subjects: Subject[]) => {
  const [comparison] = compare(subjects, all).comparisons;
  if (comparison === undefined) throw new Error("no comparison");
  return comparison;
};

describe("compare", () => {
  it("says a relative to b, and where the difference comes from", () => {
    const comparison = only(subject("slow", 300), subject("fast", 200));
    expect(comparison).toMatchObject({
      a: "slow",
      b: "fast",
      n_a: 50,
      n_b: 50,
      cliffs_delta: 1,
      mann_whitney_u: 2500,
      effect: "large",
      family: "startup total_ms",
    });
    expect(comparison.ratio).toBeCloseTo(1.5, 9);
    expect(comparison.shift).toBeCloseTo(100, 0);
    expect(comparison.p_holm).toBe(comparison.p);
    const hook = comparison.explained?.phases.find(({ phases }) => phases.includes("hook"));
    expect(hook?.difference_ms).toBe(100);
    expect(hook?.share_pct).toBeCloseTo(100, 6);
    const sum = comparison.explained?.phases.reduce((total, { difference_ms }) => total + difference_ms, 0) ?? Number.NaN;
    expect(sum + (comparison.explained?.remainder_ms ?? Number.NaN)).toBeCloseTo(comparison.explained?.total_ms ?? 0, 9);
  });

  it("can be said in a sentence, of the faster one", () => {
    const sentence = (a: Subject, b: Subject): string =>
      comparisonSentence(only(a, b))
        .map((part) => (typeof part === "string" ? part : part.code))
        .join("");
    const expected =
      /^fast starts small warm 1\.50× faster than slow \(95 % CI 1\.4\d–1\.5\d\); 100 % of the difference is hook\.$/;
    expect(sentence(subject("slow", 300), subject("fast", 200))).toMatch(expected);
    expect(sentence(subject("fast", 200), subject("slow", 300))).toMatch(expected);
    expect(sentence(subject("a", 200), subject("b", 200))).toMatch(
      /^a and b are the same within 5 % for starting small warm: ratio 1\.00 \(95 % CI 0\.97\d–1\.0\d\)\.$/,
    );
  });

  it("says for every kind of metric which platform has more, and which way is better", () => {
    const sentence = (fields: Partial<Measurement>, a: number, b: number, change = (value: number) => value): string => {
      const measured = (label: string, middle: number): Subject => {
        const one = subject(label, middle);
        const measurements = one.measurements.map((each) => ({ ...each, ...fields, values: each.values.map(change) }));
        return { ...one, conditions: new Map(), measurements };
      };
      return comparisonSentence(only(measured("a", a), measured("b", b)))
        .map((part) => (typeof part === "string" ? part : part.code))
        .join("");
    };
    const time = { experiment: "pull", condition: "nginx", metric: "pull_time_ms" } as const;
    expect(sentence(time, 300, 200)).toMatch(
      /^pull nginx \(pull_time_ms\): b is 1\.50× faster than a \(95 % CI [\d.]+–[\d.]+\)\.$/,
    );
    const speed = { ...time, experiment: "write", metric: "speed", unit: "MB/s", better: "higher" } as const;
    expect(sentence(speed, 200, 300)).toMatch(/^write nginx \(speed\): b is 1\.50× as high as a .*, where higher is better\.$/);
    const memory = { ...speed, better: "lower" } as const;
    expect(sentence(memory, 300, 200)).toMatch(/: a is 1\.50× as high as b .*, where lower is better\.$/);
    expect(sentence({ ...speed, better: null }, 300, 200)).toMatch(/: a is 1\.50× as high as b \([^)]+\)\.$/);
    const points = { ...speed, unit: "%", better: null };
    const below = (value: number): number => value - 1000;
    expect(sentence(points, 200, 300, below)).toMatch(
      /: a lies 100 percentage points below b \(95 % CI 9\d\.\d–10\d\); no ratio, as not every value is positive\.$/,
    );
    expect(sentence(points, 200, 200, below)).toMatch(
      /^a and b show no clear difference for write nginx \(speed\): shift 0 perc/,
    );
    const close = (value: number): number => 1000 + value / 1000;
    expect(sentence(time, 400, 200, close)).toMatch(/b is 1\.0002× faster .*CI 1\.000\d+–1\.000\d+, within the 5 % that count/);
  });

  it("gives a phase no share of a difference that is not certain", () => {
    const shares = (a: Subject, b: Subject) => only(a, b).explained?.phases.map(({ share_pct }) => share_pct);
    expect(shares(subject("a", 201), subject("b", 200))).toEqual([null, null]);
    expect(shares(subject("a", 300), subject("b", 200))).toEqual([0, 100]);
    const report = renderComparison(compare([subject("a", 201), subject("b", 200)], all), "text");
    expect(report).toMatch(/total +1\.00 +-\d\.\d+ to \d\.\d+ +–\n/);
  });

  it("says so when other phases offset what one adds", () => {
    // Of 50 ms more, the hook makes 80, and the rest takes 30 of them back.
    const text = comparisonSentence(only(subject("a", 250, {}, 180), subject("b", 200)));
    expect(text).toContain(", which other phases offset in part");
  });

  it("compares all pairs, or all with a reference, and tests more than two at once", () => {
    const three = [subject("x", 200), subject("y", 220), subject("z", 300)];
    const pairs = compare(three, all);
    expect(pairs.comparisons.map(({ a, b }) => `${a} ${b}`)).toEqual(["x y", "x z", "y z"]);
    expect(pairs.omnibus).toMatchObject([{ condition: "small warm", df: 2 }]);
    for (const { p, p_holm } of pairs.comparisons) expect(p_holm).toBeGreaterThanOrEqual(p);
    expect(compare(three, { reference: "y", seed: 1 }).comparisons.map(({ a, b }) => `${a} ${b}`)).toEqual(["x y", "z y"]);
  });

  it.each([
    [{ images: [{ digest: "sha256:2" }] }, "another image (sha256:1 and sha256:2)"],
    [{ command: "true" }, "another command"],
    [{ probe: "events" }, "another probe"],
  ])("refuses what is not the same condition: %j", (other, reason) => {
    expect(() => compare([subject("a", 200), subject("b", 200, other)], all)).toThrow(reason);
    const three = compare([subject("a", 200), subject("b", 200, other), subject("c", 200)], all);
    expect(three.comparisons.map(({ a, b }) => `${a} ${b}`)).toEqual(["a c"]);
    expect(three.not_compared).toHaveLength(2);
    expect(three.not_compared[0]).toMatchObject({ a: "a", b: "b", what: "startup small warm" });
    expect(three.not_compared[0]?.reason).toContain(reason);
  });

  it("tests more than two at once only where they may be compared", () => {
    const three = [subject("a", 200), subject("b", 200, { images: [{ digest: "sha256:2" }] }), subject("c", 200)];
    expect(compare(three, all).omnibus).toEqual([]);
    expect(compare([...three, subject("d", 200)], all).omnibus).toMatchObject([{ platforms: ["a", "c", "d"], df: 2 }]);
  });

  it("says once why a condition cannot be compared, and keeps the error short", () => {
    const tiers = (each: Subject): Subject => {
      const [total] = each.measurements as [Measurement];
      return { ...each, measurements: [total, { ...total, metric: "daemon_ms" }, { ...total, metric: "runtime_ms" }] };
    };
    const failed = subject("failed", 200);
    const nothing = { ...failed, measurements: failed.measurements.map((each) => ({ ...each, values: [] })) };
    for (const subjects of [
      [tiers(subject("a", 200)), nothing, tiers(subject("c", 200))],
      [nothing, tiers(subject("a", 200)), tiers(subject("c", 200))],
    ]) {
      const { not_compared } = compare(subjects, all);
      expect(not_compared.map(({ what, reason }) => `${what}: ${reason}`)).toEqual([
        "startup small warm: failed has no successful trials",
        "startup small warm: failed has no successful trials",
      ]);
    }
    const events = compare([tiers(subject("a", 200)), subject("e", 200, { probe: "events" }), tiers(subject("c", 200))], all);
    expect(events.not_compared.map(({ what }) => what)).toEqual(["startup small warm", "startup small warm"]);
    const many = (label: string, of: string): Subject => {
      const [total] = subject(label, 200).measurements as [Measurement];
      const measurements = Array.from({ length: 200 }, (_, index) => ({ ...total, condition: `${of}${index} warm` }));
      return { ...subject(label, 200), measurements };
    };
    expect(() => compare([many("a", "x"), many("b", "y")], all)).toThrow(
      /^nothing can be compared: (a and b, startup x\d warm: b has none; ){3}and 397 more; measure the same images/,
    );
  });

  it("names what only one side has", () => {
    const more = subject("more", 200);
    const extra = {
      ...more,
      measurements: [...more.measurements, { ...more.measurements[0], condition: "large warm" }],
    } as Subject;
    expect(compare([extra, subject("b", 200)], all).not_compared).toEqual([
      { a: "more", b: "b", what: "startup large warm", reason: "b has none" },
    ]);
  });

  it("renders every format; the CSV has a row a comparison", () => {
    const report = compare([subject("slow", 300), subject("f&st|_", 200)], all);
    expect(renderComparison(report, "text")).toContain("1.50");
    expect(renderComparison(report, "markdown")).toContain("f\\&st\\|");
    expect(renderComparison(report, "latex")).toContain("f\\&st");
    expect(JSON.parse(renderComparison(report, "json")).comparisons[0]).toMatchObject({
      a: "slow",
      n_a: 50,
      p_holm: expect.any(Number),
      brunner_munzel_p: expect.any(Number),
    });
    const lines = renderComparison(report, "csv").trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]?.split(",")).toHaveLength(lines[1]?.split(",").length ?? 0);
  });
});

describe("threshold", () => {
  it("asks for the whole interval to lie beyond the band", () => {
    const slower = compare([subject("new", 212), subject("old", 200)], all).comparisons;
    expect(beyondThreshold(slower, 0.02, false)).toHaveLength(1);
    expect(beyondThreshold(slower, 0.05, false)).toHaveLength(0); // 1.06 with an interval that reaches into the band
    expect(beyondThreshold(compare([subject("a", 200), subject("b", 200)], all).comparisons, 0.001, false)).toHaveLength(0);
  });

  it("against a reference takes only a change for the worse", () => {
    const better = compare([subject("new", 150), subject("old", 200)], all).comparisons;
    expect(beyondThreshold(better, 0.05, false)).toHaveLength(1);
    expect(beyondThreshold(better, 0.05, true)).toHaveLength(0);
  });

  it("is for every experiment, whichever way is better, and not for tiers", () => {
    const measured = (label: string, middle: number, fields: Partial<Measurement>): Subject => {
      const one = subject(label, middle);
      return { ...one, conditions: new Map(), measurements: one.measurements.map((each) => ({ ...each, ...fields })) };
    };
    const beyond = (fields: Partial<Measurement>, a: number, b: number): number => {
      const subjects = [measured("branch", a, fields), measured("main", b, fields)];
      return beyondThreshold(compare(subjects, { reference: "main", seed: 1 }).comparisons, 0.05, true).length;
    };
    const speed = { experiment: "write", metric: "write_speed_mbps", better: "higher" } as const;
    expect([beyond(speed, 300, 200), beyond(speed, 200, 300)]).toEqual([0, 1]);
    const study = { metric: "startup_ms" };
    expect([beyond(study, 300, 200), beyond(study, 200, 300)]).toEqual([1, 0]);
    const target = { experiment: "cpu-throttling", metric: "measured_pct", better: null } as const;
    expect([beyond(target, 300, 200), beyond(target, 200, 300)]).toEqual([1, 1]);
    expect(beyond({ metric: "runtime_ms" }, 300, 200)).toBe(0);
  });
});
