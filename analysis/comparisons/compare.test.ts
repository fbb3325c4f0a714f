import { describe, expect, it } from "vitest";
import { renderComparison } from "../format/comparison/comparison-report.ts";
import { comparisonSentence, reasonOf } from "../format/comparison/comparison-sentence.ts";
import { comparisonAnswer } from "../format/screen/comparison-answer.ts";
import { comparisonRows } from "../format/screen/comparison-rows.ts";
import { adviceOnAll } from "../format/screen/comparison-screen.ts";
import type { Condition } from "../subjects/condition.ts";
import type { Context } from "../subjects/context.ts";
import { type ConditionName, conditionKey } from "../subjects/key.ts";
import { blockKey, type Measurement } from "../subjects/measurement.ts";
import type { Subject } from "../subjects/subject.ts";
import { startupRow } from "../testing/rows.ts";
import { startTaking } from "../testing/starts.ts";
import { bareSubject, subjectOf } from "../testing/subjects.ts";
import { compare } from "./compare.ts";
import { beyondThreshold, notJudged } from "./threshold.ts";

const SMALL_WARM: ConditionName = { experiment: "startup", condition: "small warm" };
const context: Context = { images: [{ digest: "sha256:1" }], command: "echo hello", probe: "tracefs" };

/** By how much sessions differ from the platform's level. */
const SESSIONS = [1, 1.01, 0.99, 1.005, 0.995, 1.002, 0.998];

/** As if this program had measured it, so that it can be measured on. */
const ours = (one: Subject): Subject => ({ ...one, source: { ...subjectOf([startupRow()]).source, label: one.label } });

/** Sessions of one platform that differ by a tenth, of each in another order. */
const scattered = (each: Measurement, turn: number): Measurement => ({
  ...each,
  values: each.values.map((ms, index) => ms * (1 + 0.1 * (((index % 5) * (turn + 1)) % 5))),
});

/** 50 starts spread evenly over ±10 % of the middle, in so many sessions; one phase of two takes all the difference. */
function subject(label: string, middle: number, more: Partial<Context> = {}, hook = middle - 100, sessions = 5): Subject {
  const places = Array.from({ length: 50 }, (_, index) => index);
  const level = (index: number): number => SESSIONS[index % sessions] as number;
  const values = places.map((index) => middle * level(index) * (0.9 + (0.2 * ((index * 17) % 50)) / 49));
  const starts = values.map((ms) => startTaking({ create_api: middle - hook, hook: ms - (middle - hook) }));
  const condition: Condition = {
    ...{ ...SMALL_WARM, factors: { image: "small", mode: "warm" }, context: { ...context, ...more } },
    ...{ probes: ["tracefs"], outcomes: { ok: 50, timeout: 0, failed: 0, "probe-lost": 0 }, starts },
    ...{ causes: [], path: [], failures: [], warmups: { values: [], rows: [] } },
  };
  return bareSubject(
    label,
    [
      {
        ...{ experiment: "startup", factors: { image: "small", mode: "warm" }, condition: "small warm" },
        ...{ metric: "total_ms", unit: "ms", better: "lower", values },
        ...{ blocks: places.map((index) => blockKey((index % sessions) + 1, index + 1)), rows: places.map((index) => index + 1) },
        trials: 50,
      },
    ],
    { conditions: new Map([[conditionKey(SMALL_WARM), condition]]) },
  );
}
const inSessions = (label: string, middle: number, sessions: number): Subject =>
  subject(label, middle, {}, middle - 100, sessions);
const all = { reference: null };
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
      verdict: "slower",
      trials: { n_a: 50, n_b: 50, cliffs_delta: 1, mann_whitney_u: 2500, effect: "large" },
      sessions: { k_a: 5, k_b: 5, paired: false },
      family: "startup total_ms",
    });
    const { sessions, trials } = comparison;
    expect(sessions.ratio).toBeCloseTo(1.5, 9);
    expect(trials.ratio).toBeCloseTo(1.5, 9);
    expect(trials.shift).toBeCloseTo(100, 0);
    expect(sessions.p_holm).toBe(sessions.p); // alone in its family
    expect(sessions.ratio_ci_simultaneous).toEqual(sessions.ratio_ci);
    const { explained } = comparison;
    const hook = explained?.phases.find(({ phases }) => phases.includes("hook"));
    expect(explained?.replicate).toBe("session");
    expect(hook?.difference_ms).toBeCloseTo(explained?.total_ms ?? 0, 6);
    expect(hook?.share_pct).toBeCloseTo(100, 6);
    const sum = explained?.phases.reduce((total, { difference_ms }) => total + difference_ms, 0);
    expect(sum).toBeCloseTo(explained?.total_ms ?? 0, 6); // means add up
  });

  it("can be put in a sentence, about the faster one", () => {
    const sentence = (a: Subject, b: Subject): string =>
      comparisonSentence(only(a, b))
        .map((part) => (typeof part === "string" ? part : part.code))
        .join("");
    const expected =
      /^fast starts small warm 1\.50× faster than slow \(95 % CI 1\.4\d–1\.5\d, 5 sessions a side, not interleaved\); 100 % of the difference is “network hook”\.$/;
    expect(sentence(subject("slow", 300), subject("fast", 200))).toMatch(expected);
    expect(sentence(subject("fast", 200), subject("slow", 300))).toMatch(expected);
    expect(sentence(subject("a", 200), subject("b", 200))).toMatch(
      /^a and b are the same within 5 % for starting small warm: ratio 1\.00 \(95 % CI 0\.9\d\d–1\.0\d, 5 sessions a side, not interleaved\), of means, which the tail moves, 1\.00 \(0\.9\d\d–1\.0\d\)\.$/,
    );
  });

  it("names a phase as the reason only where it makes up a good part of the difference for certain", () => {
    const because = (more: (start: number) => Parameters<typeof startTaking>[0]): string => {
      const told = (label: string, middle: number, change: typeof more): Subject => {
        const plain = subject(label, middle);
        const conditions = new Map(
          [...plain.conditions].map(([key, each]) => [
            key,
            { ...each, starts: plain.measurements[0]?.values.map((ms) => startTaking(change(ms))) ?? [] },
          ]),
        );
        return { ...plain, conditions };
      };
      const slow = told("slow", 220, more);
      const fast = told("fast", 200, (ms) => ({ create_api: 50, hook: ms - 55, namespaces: 5 }));
      return comparisonSentence(only(slow, fast)).at(-2) as string;
    };
    // 0.1 of 20 ms, the same in every start, is as certain as can be; the rest is spread over four phases.
    expect(
      because((ms) => {
        const rest = (ms - 200) / 5;
        return {
          create_api: 50 + rest,
          client_attach: rest,
          daemon_prepare: rest,
          shim_start: rest,
          hook: ms - 55.1 - 4 * rest,
          namespaces: 5.1,
        };
      }),
    ).toBe("; no single phase explains a quarter of it for certain");
    expect(because((ms) => ({ create_api: 50, hook: ms - 55.1, namespaces: 5.1 }))).toMatch(/ is “network hook”$/);
  });

  it("names no phase where the means differ the other way than the medians do, and says that they do", () => {
    const told = (label: string, middle: number, late: number): Subject => {
      const plain = subject(label, middle);
      const conditions = new Map(
        [...plain.conditions].map(([key, each]) => {
          const values = plain.measurements[0]?.values ?? [];
          return [
            key,
            {
              ...each,
              starts: values.map((ms, at) =>
                startTaking({ create_api: 50, hook: ms + (Math.floor(at / 5) % 4 === 0 ? late : 0) }),
              ),
            },
          ];
        }),
      );
      return { ...plain, conditions };
    };
    const found = only(told("tailed", 200, 2000), told("plain", 240, 0));
    expect(found).toMatchObject({ verdict: "faster", explained: { total_ms: expect.toSatisfy((ms: number) => ms > 0) } });
    expect(reasonOf(found)).toBeUndefined();
    expect(comparisonSentence(found).at(-2)).toMatch(
      /^; its mean is 5\d\d ms longer all the same, as some of its starts took very long$/,
    );
  });

  it("is followed by what to do, of several pairs without naming one", () => {
    const advice = (...levels: readonly number[]) => {
      const subjects = levels.map((level, index) => ours(subject(`p${index}`, level)));
      const folders = new Map(subjects.map(({ label }) => [label, { platform: label, label, out: undefined }]));
      return adviceOnAll(compare(subjects, all), subjects, folders);
    };
    const inTurns = "To rule out that something else changed in between, measure them in turns";
    expect(advice(200, 300)).toMatchObject({ sentences: [`${inTurns}:`], command: expect.stringContaining("A=ENGINE") });
    expect(advice(200, 300, 400)).toEqual({ sentences: [`${inTurns}.`] });
    expect(advice(200, 200)).toEqual({ sentences: ["Take either: they are within 5 % of each other."] });
    expect(advice(200, 200, 200)).toEqual({ sentences: ["Take any: each two are within 5 % of each other."] });
    expect(advice(200, 200, 300)).toEqual({ sentences: [`${inTurns}.`] });
  });

  it("whose difference is certain, and within 5 % all the same, gives no reason to change", () => {
    const close = [200, 200.001].map((middle, index) => {
      const one = subject(`p${index}`, middle);
      const measurements = one.measurements.map((each) => ({
        ...each,
        values: each.values.map((ms) => 1000 + ms / 10 - 20 + index),
      }));
      return { ...one, measurements };
    });
    const report = compare(close, all);
    expect(report.comparisons[0]).toMatchObject({ verdict: "faster", sessions: { equivalent: true } });
    expect(adviceOnAll(report, close, new Map())).toEqual({ sentences: ["Take either: they are within 5 % of each other."] });
  });

  it("of platforms in two folders asks for sessions in turns, not for more of what is there", () => {
    const far = [subject("a", 200), subject("b", 201)]
      .map(ours)
      .map((one, index) => ({ ...one, measurements: one.measurements.map((each) => scattered(each, index)) }));
    const called = (...outs: readonly (string | undefined)[]) =>
      new Map(outs.map((out, index) => [far[index]?.label ?? "", { platform: "x", label: far[index]?.label ?? "", out }]));
    const report = compare(far, all);
    expect(report.comparisons[0]?.verdict).toBe("not certain");
    expect(adviceOnAll(report, far, called(undefined, undefined))?.sentences.join()).toMatch(/halve the interval\.$/);
    expect(adviceOnAll(report, far, called(undefined, "./elsewhere"))).toEqual({
      sentences: [expect.stringMatching(/ Measure them in turns, into one folder of results:$/)],
      command: "tierbench run startup --platform A=ENGINE --platform B=ENGINE",
    });
  });

  it("stands small before large in every experiment, and the answer counts what is certain where the first is not", () => {
    const why = (label: string, turn: number): Subject => {
      const of = (image: string, middle: number): Measurement[] =>
        subject(label, middle).measurements.map((each) => ({ ...each, experiment: "why", condition: image, factors: { image } }));
      return {
        ...bareSubject(label, [...of("large", 200 + 50 * turn), ...of("small", 200).map((each) => scattered(each, turn))]),
      };
    };
    const subjects = [why("a", 0), why("b", 1)];
    const report = compare(subjects, all);
    expect(report.comparisons.map(({ condition }) => condition)).toEqual(["large", "small"]);
    const rows = comparisonRows(report.comparisons, subjects);
    expect(rows.map(({ comparison }) => [comparison.condition, comparison.verdict])).toEqual([
      ["small", "not certain"],
      ["large", "faster"],
    ]);
    expect(comparisonAnswer(rows, []).at(-1)).toBe("The other condition differs for certain.");
  });

  it("does not call the same what only the medians are: a tail moves the means", () => {
    const tailed = subject("tailed", 200);
    const [total] = tailed.measurements as [Measurement];
    const values = total.values.map((value) => (value > 216 ? 2 * value : value)); // no median moves
    const found = only(subject("plain", 200), { ...tailed, measurements: [{ ...total, values }] });
    expect(found).toMatchObject({
      verdict: "not certain",
      reason: expect.stringContaining("medians are the same within 5 %, means, which the tail moves, are not shown to be"),
      sessions: { equivalent: false, medians_equivalent: true },
    });
    expect(found.sessions.mean_ratio_ci?.[1]).toBeLessThan(0.95);
    const sentence = comparisonSentence(found)
      .map((part) => (typeof part === "string" ? part : part.code))
      .join("");
    expect(sentence).toMatch(
      /; medians are the same within 5 %, the ratio of means, which the tail moves, 0\.\d+ \(0\.\d+–0\.\d+\) is not shown to be\.$/,
    );
  });

  it("gives no verdict below three sessions a side, and says what is not known", () => {
    const sentence = (a: number, b: number): string =>
      comparisonSentence(only(inSessions("A", 212, a), inSessions("B", 200, b)))
        .map((part) => (typeof part === "string" ? part : part.code))
        .join("");
    expect(sentence(1, 1)).toMatch(
      /^startup small warm: in this one session A's median was 1\.06× B's; trials alone give 1\.0\d–1\.\d+\. How much sessions differ is unknown: one session a side cannot say which is faster\.$/,
    );
    expect(sentence(2, 2)).toMatch(
      /in these sessions \(2 of A, 2 of B\) A's median was .* Sessions differ among themselves, those of A by a factor of 1\.0\d+ \(SD of 2\), those of B by a factor of 1\.0\d+ \(SD of 2\); 2 sessions a side cannot say which is faster; it takes 3 a side\.$/,
    );
    expect(sentence(1, 5)).toMatch(
      /\(1 of A, 5 of B\) .* those of B by a factor of 1\.0\d+ \(SD of 5\); one session against 5 cannot say which is faster; it takes 3 a side\.$/,
    );
    const one = only(inSessions("A", 400, 1), inSessions("B", 200, 1));
    expect(one).toMatchObject({ verdict: "none", sessions: { ratio: null, p: null, rank_p: null, equivalent: null } });
    expect(one.trials.ratio).toBeCloseTo(2, 9);
    expect(one.cautions).toContain("too few sessions: one session a side");
    expect(one.explained?.replicate).toBe("trial");
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
      /^pull nginx \(pull_time_ms\): b is 1\.50× faster than a \(95 % CI [\d.]+–[\d.]+, 5 sessions a side, not interleaved\)\.$/,
    );
    const speed = { ...time, experiment: "write", metric: "speed", unit: "MB/s", better: "higher" } as const;
    expect(sentence(speed, 200, 300)).toMatch(/^write nginx \(speed\): b is 1\.50× as high as a .*, where higher is better\.$/);
    const memory = { ...speed, better: "lower" } as const;
    expect(sentence(memory, 300, 200)).toMatch(/: a is 1\.50× as high as b .*, where lower is better\.$/);
    expect(sentence({ ...speed, better: null }, 300, 200)).toMatch(/: a is 1\.50× as high as b \([^)]+\)\.$/);
    const points = { ...speed, unit: "%", better: null };
    const below = (value: number): number => value - 1000;
    expect(sentence(points, 200, 300, below)).toMatch(
      /: b is 100 percentage points higher than a \(95 % CI [\d.]+–1\d\d, 5 sessions a side, not interleaved; no ratio, as not every value is positive\)\.$/,
    );
    const close = (value: number): number => 1000 + value / 10_000;
    expect(sentence(time, 400, 200, close)).toMatch(/b is 1\.0000?2\d* ?× faster .*; within the 5 % that count/);
  });

  it("gives a phase no share of a difference that is not certain, nor one wider than 25 points to either side", () => {
    const shares = (a: Subject, b: Subject) =>
      only(a, b).explained?.phases.map(({ share_pct }) => share_pct && Number(share_pct.toFixed(6)));
    expect(shares(subject("a", 201), subject("b", 200))).toEqual([null, null]);
    expect(shares(subject("a", 300), subject("b", 200))).toEqual([0, 100]);
  });

  it("says so when other phases offset what one adds", () => {
    // Of 50 ms more, the hook makes 80, and the rest takes 30 of them back.
    const text = comparisonSentence(only(subject("a", 250, {}, 180), subject("b", 200)));
    expect(text.join("")).toMatch(/“network hook” alone differs by 80\.\d ms, which other phases offset in part\.$/);
  });

  it("compares all pairs, or all with a reference, and tests more than two at once", () => {
    const three = [subject("x", 200), subject("y", 220), subject("z", 300)];
    const pairs = compare(three, all);
    expect(pairs.comparisons.map(({ a, b }) => `${a} ${b}`)).toEqual(["x y", "x z", "y z"]);
    expect(pairs.omnibus).toMatchObject([{ condition: "small warm", df: 2 }]);
    for (const { sessions } of pairs.comparisons) expect(sessions.p_holm).toBeGreaterThanOrEqual(sessions.p ?? 1);
    expect(compare(three, { reference: "y" }).comparisons.map(({ a, b }) => `${a} ${b}`)).toEqual(["x y", "z y"]);
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
      sessions: { k_a: 5, p_holm: expect.any(Number), rank_p: expect.any(Number) },
      trials: { n_a: 50, brunner_munzel_p: expect.any(Number) },
      cautions: expect.arrayContaining(["not interleaved: the sessions were not measured in turns"]),
    });
    const lines = renderComparison(report, "csv").trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    const cells = (line = ""): number => line.replaceAll(/"[^"]*"/g, "").split(",").length;
    expect(cells(lines[0])).toBe(cells(lines[1]));
  });
});

describe("threshold", () => {
  it("asks for certainty that the change is larger than the share", () => {
    const slower = compare([subject("new", 212), subject("old", 200)], all).comparisons;
    expect(beyondThreshold(slower, 0.02, false)).toHaveLength(1);
    expect(beyondThreshold(slower, 0.055, false)).toHaveLength(0); // 1.06, too close to the share
    expect(beyondThreshold(compare([subject("a", 200), subject("b", 200)], all).comparisons, 0.001, false)).toHaveLength(0);
  });

  it("never fires, but says that nothing is judged, with fewer than three sessions a side", () => {
    for (const [a, b] of [
      [1, 1],
      [2, 2],
      [2, 5],
    ] as const) {
      const report = compare([inSessions("new", 800, a), inSessions("old", 200, b)], { reference: "old" });
      expect(beyondThreshold(report.comparisons, 0.05, true)).toEqual([]);
      expect(notJudged(report, 0.05, true)).toEqual([
        { a: "new", b: "old", what: "startup small warm total_ms", reason: expect.stringMatching(/; it takes 3 a side$/) },
      ]);
    }
  });

  describe("an interval that reaches twice as far as the share is not judged", () => {
    /** Sessions that differ by so much on either side. */
    const compared = (a: number, spread: number, fields: Partial<Measurement> = {}) => {
      const noisy = (label: string, middle: number): Subject => {
        const one = subject(label, middle);
        const factors = [1 - spread, 1, 1 + spread, 1 - spread / 2, 1 + spread / 2];
        const measurements = one.measurements.map((each) => ({
          ...{ ...each, ...fields },
          values: each.values.map((value, index) => value * (factors[index % 5] as number)),
        }));
        return { ...one, conditions: new Map(), measurements };
      };
      return compare([noisy("new", a), noisy("old", 200)], { reference: "old" });
    };
    const judged = (...of: Parameters<typeof compared>) => {
      const report = compared(...of);
      const ends = report.comparisons[0]?.sessions.ratio_ci_simultaneous as readonly [number, number];
      return { ends, reasons: notJudged(report, 0.05, true).map(({ reason }) => reason) };
    };

    it("where a may be much slower, and says what would help", () => {
      const { ends, reasons } = judged(200, 0.5);
      expect(ends[0]).toBeLessThan(0.6);
      expect(ends[1]).toBeGreaterThan(1.7);
      expect(reasons).toEqual([
        expect.stringMatching(
          /^the interval of the ratio, 0\.\d+–\d\.\d+, is too wide: new may be worse by more than 10 %, twice the threshold; more sessions narrow it$/,
        ),
      ]);
    });

    it("an ordinary interval passes: nothing is certainly beyond the share, nor can it be by twice as much", () => {
      const { ends, reasons } = judged(202, 0.04);
      expect(ends[1]).toBeGreaterThan(1.05);
      expect(ends[1]).toBeLessThan(1.1);
      expect(reasons).toEqual([]);
    });

    it("not one that is wide on the better side alone, nor one that is beyond for certain", () => {
      const better = judged(100, 0.3);
      expect(better.ends[0]).toBeLessThan(0.4);
      expect(better.ends[1]).toBeLessThan(1.1);
      expect(better.reasons).toEqual([]);
      expect(judged(600, 0.2).reasons).toEqual([]);
      expect(judged(100, 0.3, { experiment: "write", metric: "write_speed_mbps", better: "higher" }).reasons).toEqual([]);
      expect(judged(200, 0.5, { experiment: "write", metric: "write_speed_mbps", better: "higher" }).reasons).toHaveLength(1);
    });

    it("either way where no direction is the worse, and of no part of a total", () => {
      const target = { experiment: "cpu-throttling", metric: "measured_pct", better: null } as const;
      expect(judged(150, 0.3, target).reasons.join()).toContain("they may differ by more than 10 %");
      expect(judged(200, 0.5, { experiment: "why", metric: "rcu_ms" }).reasons).toEqual([]);
      expect(judged(200, 0.5, { metric: "daemon_ms" }).reasons).toEqual([]);
    });
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
      return beyondThreshold(compare(subjects, { reference: "main" }).comparisons, 0.05, true).length;
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
