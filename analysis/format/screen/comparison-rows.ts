/** What a comparison says in a row of the screen. */
import type { Comparison } from "../../comparisons/comparison-output.ts";
import { EQUIVALENCE_BAND } from "../../samples/compare-samples.ts";
import { grouped } from "../../samples/grouped.ts";
import { factor, factorInterval, MISSING, ms } from "../../samples/numbers.ts";
import { describeSessions } from "../../samples/sessions.ts";
import { median } from "../../statistics/one-sample/median.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import { byModeAndSize } from "../../subjects/condition-order.ts";
import { metricKey } from "../../subjects/key.ts";
import { type Measurement, sessionOf } from "../../subjects/measurement.ts";
import type { Subject } from "../../subjects/subject.ts";

/** One metric of a pair and condition: the first, which of starts is the total. */
export interface ComparisonRow {
  readonly comparison: Comparison;
  readonly factors: Measurement["factors"];
  /** Of a and of b: what the ratio compares. */
  readonly levels: readonly [number, number];
  /** By sessions, which decide; else of the trials alone, which do not. */
  readonly bySession: boolean;
}

/** Starts first, warm before cold, small before large; each experiment's conditions together. */
export function comparisonRows(comparisons: readonly Comparison[], subjects: readonly Subject[]): ComparisonRow[] {
  const found = new Map(
    subjects.map(({ label, measurements }) => [label, new Map(measurements.map((each) => [metricKey(each), each]))]),
  );
  const seen = new Set<string>();
  const rows = comparisons.flatMap((comparison): ComparisonRow[] => {
    const { a, b, experiment, condition } = comparison;
    const key = JSON.stringify([a, b, experiment, condition]);
    const [ofA, ofB] = [a, b].map((label) => found.get(label)?.get(metricKey(comparison)));
    if (seen.has(key) || ofA === undefined || ofB === undefined) return [];
    seen.add(key);
    const bySession = comparison.sessions.ratio !== null;
    return [{ comparison, factors: ofA.factors, levels: [levelOf(ofA, bySession), levelOf(ofB, bySession)], bySession }];
  });
  const isStart = ({ comparison }: ComparisonRow): boolean => comparison.experiment === "startup";
  const isOfImages = ({ factors }: ComparisonRow): boolean => factors.image !== undefined;
  const place = ({ factors: { mode = "", ...others } }: ComparisonRow) => ({ image: Object.values(others).join(" "), mode });
  const inOrder = (each: readonly ComparisonRow[]): ComparisonRow[] => each.toSorted((x, y) => byModeAndSize(place(x), place(y)));
  const others = grouped(
    rows.filter((row) => !isStart(row)),
    ({ comparison }) => comparison.experiment,
  );
  return [
    ...inOrder(rows.filter(isStart)),
    ...[...others.values()].flatMap((each) => (each.every(isOfImages) ? inOrder(each) : each)),
  ];
}

function levelOf({ values, blocks }: Measurement, bySession: boolean): number {
  const samples = sortedSamples(values);
  return (bySession ? describeSessions(values, blocks.map(sessionOf), samples).median : null) ?? median(samples);
}

/** `0.70×`, its interval, and what it means; a star where it is of the trials alone. */
export function ratioCells({ comparison, bySession }: ComparisonRow): [ratio: string, ends: string, verdict: string] {
  const { sessions, trials, defects, verdict } = comparison;
  if (defects.length > 0) return [MISSING, MISSING, "! defect"];
  const [ratio, ends] = bySession ? [sessions.ratio, sessions.ratio_ci_simultaneous] : [trials.ratio, trials.ratio_ci];
  const star = bySession || ratio === null ? "" : "*";
  return [ratio === null ? MISSING : `${factor(ratio)}×${star}`, ends === null ? MISSING : factorInterval(ends), SAYS[verdict]];
}

const SAYS: Readonly<Record<Comparison["verdict"], string>> = {
  faster: "▼ faster",
  slower: "▲ slower",
  lower: "▼ lower",
  higher: "▲ higher",
  "same within 5 %": "~ same within 5 %",
  "not certain": "~ not certain",
  none: "no verdict",
};

export const isCertain = ({ comparison: { verdict } }: ComparisonRow): boolean =>
  verdict === "faster" || verdict === "slower" || verdict === "higher" || verdict === "lower";

/** Called the same within 5 %, beside an interval that holds for all rows together and so reaches beyond 5 %. */
export const looksWiderThanSame = ({ comparison: { verdict, sessions } }: ComparisonRow): boolean =>
  verdict === "same within 5 %" &&
  sessions.ratio_ci_simultaneous !== null &&
  (sessions.ratio_ci_simultaneous[0] < EQUIVALENCE_BAND[0] || sessions.ratio_ci_simultaneous[1] > EQUIVALENCE_BAND[1]);

export const levelText = (value: number): string => ms(value);
