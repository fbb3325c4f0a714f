/** The verdict of a comparison: a direction, sameness, uncertainty, or none with its reason. */
import * as z from "zod";
import { FEWEST_SESSIONS } from "../samples/sessions.ts";
import type { Interval } from "../statistics/interval.ts";
import { holmIntervals } from "../statistics/sessions/holm-intervals.ts";
import { holm } from "../statistics/tests/holm.ts";
import type { Measurement } from "../subjects/measurement.ts";
import { estimateOf, type SessionComparison } from "./compare-sessions.ts";

export const judged = z.object({
  verdict: z
    .enum(["faster", "slower", "higher", "lower", "same within 5 %", "not certain", "none"])
    .describe("a relative to b; none: too few sessions, no ratio, or a defect"),
  reason: z.string().describe("a sentence without its end; why there is no verdict, where there is none"),
});
export type Judged = Readonly<z.infer<typeof judged>>;

export interface Judgeable {
  readonly a: string;
  readonly b: string;
  readonly unit: string;
  readonly better: Measurement["better"];
  readonly sessions: SessionComparison;
  readonly defects: readonly string[];
}

/** A time is faster or slower, anything else is higher or lower. */
export const isTime = ({ better, unit }: Pick<Measurement, "better" | "unit">): boolean =>
  better === "lower" && (unit === "ms" || unit === "ns");

/**
 * Adds what depends on the others of a family: Holm's p-value and the interval that agrees with it. What has a defect or no
 * estimate does not speak, and so does not count.
 */
export function adjustFamily<T extends Judgeable>(members: readonly T[]): (T & Judged)[] {
  const estimates = members.map(({ sessions, defects }) => (defects.length > 0 ? null : estimateOf(sessions)));
  const intervals = holmIntervals(estimates);
  const ps = holm(members.map(({ sessions }, index) => (estimates[index] === null ? null : sessions.p)));
  return members.map((member, index) => {
    const ends = intervals[index] ?? null;
    const sessions = {
      ...member.sessions,
      ratio_ci_simultaneous: member.sessions.ratio === null ? null : ends && factors(ends),
      difference_ci_simultaneous: member.sessions.difference === null ? null : ends,
      p_holm: ps[index] ?? null,
    };
    return { ...member, sessions, ...judge({ ...member, sessions }) };
  });
}

const factors = ([low, high]: Interval): Interval => [Math.exp(low), Math.exp(high)];

function judge(member: Judgeable): Judged {
  const { sessions, defects } = member;
  const { ratio, difference, k_a, k_b, paired, equivalent } = sessions;
  if (defects.length > 0) return { verdict: "none", reason: `defect: ${defects.join("; ")}` };
  if (Math.min(k_a, k_b) < FEWEST_SESSIONS)
    return { verdict: "none", reason: `${tooFew(k_a, k_b)}; it takes ${FEWEST_SESSIONS} a side` };
  const [value, none] = ratio === null ? [difference, 0] : [ratio, 1];
  const ends = sessions.ratio_ci_simultaneous ?? sessions.difference_ci_simultaneous;
  if (value === null || ends === null)
    return { verdict: "none", reason: "the sessions agree to the last place written, so how much sessions differ is not known" };
  const what = ratio === null ? "difference (not every value is positive, so there is no ratio)" : "ratio";
  const how = paired ? `${k_a} rounds in turns` : `${k_a} and ${k_b} sessions, not interleaved`;
  if (ends[0] <= none && ends[1] >= none) {
    return equivalent
      ? { verdict: "same within 5 %", reason: `${how}: the 90 % intervals of the ratios of medians and of means lie within 5 %` }
      : {
          verdict: "not certain",
          reason: `${how}: the interval of the ${what}, adjusted by Holm, includes ${none}${sessions.medians_equivalent === true ? "; medians are the same within 5 %, means, which the tail moves, are not shown to be" : ""}`,
        };
  }
  const [above, below] = isTime(member) ? (["slower", "faster"] as const) : (["higher", "lower"] as const);
  return {
    verdict: value > none ? above : below,
    reason: `${how}: the interval of the ${what}, adjusted by Holm, leaves out ${none}`,
  };
}

/** "one session a side", "2 sessions a side", "one session against 5". */
export function tooFew(k_a: number, k_b: number): string {
  const sessions = k_a === 1 ? "one session" : `${k_a} sessions`;
  return k_a === k_b ? `${sessions} a side` : `${sessions} against ${k_b === 1 ? "one" : k_b}`;
}
