/**
 * Platforms side by side: every metric of every condition that both of a pair have. What cannot be compared is listed
 * with the reason, and the rest goes on.
 */

import type { ActRule } from "../../research/act-rule.ts";
import type { ExperimentName } from "../../research/protocol.ts";
import { doubtsOf, FEW_SESSIONS } from "../detectors/findings-of.ts";
import { compareTrials } from "../samples/compare-trials.ts";
import { grouped } from "../samples/grouped.ts";
import { FEWEST_SESSIONS } from "../samples/sessions.ts";
import { median } from "../statistics/one-sample/median.ts";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import { kruskalWallis } from "../statistics/tests/kruskal-wallis.ts";
import { type Context, notTheSame } from "../subjects/context.ts";
import { conditionKey, type MetricKey, type MetricName, metricKey } from "../subjects/key.ts";
import { type Measurement, sessionOf } from "../subjects/measurement.ts";
import type { Unread } from "../subjects/platform.ts";
import type { Subject } from "../subjects/subject.ts";
import { compareSessions } from "./compare-sessions.ts";
import type { Comparison, ComparisonReport, DifferingFact, NotCompared, Omnibus } from "./comparison-output.ts";
import { hostSpreads } from "./host-spread.ts";
import { type MatchedSessions, matchSessions, valuesOf } from "./match-sessions.ts";
import { explainByCause, explainDifference } from "./phase-differences.ts";
import { adjustFamily, type Judged, tooFew } from "./verdict.ts";

export interface CompareOptions {
  /** Compare every other platform with this one; all pairs without it. */
  readonly reference: string | null;
  readonly unread?: readonly Unread[];
  /** Not compared; where they are of the same host, they tell how much its sessions differ. */
  readonly others?: readonly Subject[];
  /** Whether totals are split into phases, which takes far longer than the rest; the default is true. */
  readonly explain?: boolean;
}

type Unadjusted = Omit<Comparison, keyof Judged>;

/** In the one line of an error; there may be hundreds. */
const MOST_REASONS = 3;

/** @throws Error when no pair of platforms shares a condition that can be compared */
export function compare(subjects: readonly Subject[], options: CompareOptions): ComparisonReport {
  const report = compareWherePossible(subjects, options);
  if (report.comparisons.length === 0) throw nothingCompared(report.not_compared, subjects);
  return report;
}

/** As {@link compare}, but where nothing can be compared the report says so, with the reasons. */
export function compareWherePossible(
  subjects: readonly Subject[],
  { reference, unread = [], others = [], explain = true }: CompareOptions,
): ComparisonReport {
  const pairs = pairsOf(subjects, reference);
  const results = pairs.map(([a, b]) => comparePair(a, b, [...subjects, ...others], explain));
  const not_compared = results.flatMap((result) => result.notCompared);
  const comparisons = adjust(results.flatMap((result) => result.compared));
  const caveats = subjects.flatMap(({ label, caveats }) => caveats.map((caveat) => `${label}: ${caveat}`));
  return { reference, comparisons, omnibus: omnibus(subjects), not_compared, caveats, differing: differing(subjects), unread };
}

function nothingCompared(refused: readonly NotCompared[], subjects: readonly Subject[]): Error {
  const reasons = refused.slice(0, MOST_REASONS).map(({ a, b, what, reason }) => `${a} and ${b}, ${what}: ${reason}`);
  const more = refused.length > reasons.length ? `; and ${refused.length - reasons.length} more` : "";
  const why = reasons.length === 0 ? "the platforms share no condition" : `${reasons.join("; ")}${more}`;
  return new Error(`nothing can be compared: ${why}; ${wouldBeComparable(subjects)}`);
}

/** Nobody can measure the study's machines again. */
function wouldBeComparable(subjects: readonly Subject[]): string {
  const ofStudy = subjects.filter(({ source }) => !("manifest" in source)).map(({ label }) => label);
  if (ofStudy.length === 0 || ofStudy.length === subjects.length)
    return "measure the same images, modes and command with the same probe on both";
  return `starts of ${ofStudy.join(" and ")}, in the study's format, end when docker run has returned: \`tierbench run study\` measures the same, and \`tierbench paper tables --with LABEL\` sets it beside the study's machines`;
}

/** With a reference, a is the other platform and b the reference: the ratio says what changed against it. */
function pairsOf(subjects: readonly Subject[], reference: string | null): [Subject, Subject][] {
  if (reference === null) return subjects.flatMap((a, index) => subjects.slice(index + 1).map((b): [Subject, Subject] => [a, b]));
  const fixed = subjects.find(({ label }) => label === reference);
  if (fixed === undefined) throw new Error(`the reference ${reference} is not among the platforms`);
  return subjects.filter((subject) => subject !== fixed).map((other) => [other, fixed]);
}

function comparePair(
  a: Subject,
  b: Subject,
  all: readonly Subject[],
  explain: boolean,
): { compared: Unadjusted[]; notCompared: NotCompared[] } {
  const compared: Unadjusted[] = [];
  const notCompared = new Map<string, NotCompared>();
  const refuse = (what: string, reason: string): unknown =>
    notCompared.set(`${what} ${reason}`, { a: a.label, b: b.label, what, reason });
  const [inA, inB] = [a, b].map(byKey) as [ReturnType<typeof byKey>, ReturnType<typeof byKey>];
  for (const key of new Set([...inA.keys(), ...inB.keys()])) {
    const [ofA, ofB] = [inA.get(key), inB.get(key)];
    const { experiment, condition, metric, unit, better } = (ofA ?? ofB) as Measurement;
    const what = `${experiment} ${condition}`;
    const forbidden = incomparable(a, b, experiment, condition);
    if (forbidden !== undefined) {
      refuse(what, forbidden);
      continue;
    }
    const without = [a, b].filter((_, side) => ([ofA, ofB][side]?.values.length ?? 0) === 0).map(({ label }) => label);
    if (ofA === undefined || ofB === undefined || without.length > 0) {
      refuse(`${what} ${metric}`, ofA === undefined || ofB === undefined ? none(without) : nothingGood(without));
      continue;
    }
    const otherRule = otherActRule(ofA, ofB);
    if (otherRule !== undefined) {
      refuse(`${what} ${metric}`, otherRule);
      continue;
    }
    const matched = matchSessions(a, b, ofA, ofB);
    compared.push({
      ...{ experiment, condition, metric, unit, better, a: a.label, b: b.label, family: `${experiment} ${metric}` },
      sessions: compareSessions(ofA.values, ofB.values, matched),
      host_spreads: isFew(matched) ? hostSpreads(a, b, all, ofA) : [],
      trials: compareTrials(ofA.values, ofB.values),
      ...doubts(a, b, ofA, matched),
      explained: metric === "total_ms" && explain ? explainDifference(startsOf(a, ofA), startsOf(b, ofB), matched) : null,
      by_cause: metric === "total_ms" && explain ? explainByCause(causesOf(a, ofA), causesOf(b, ofB), matched) : null,
    });
  }
  return { compared, notCompared: [...notCompared.values()] };
}

const isFew = ({ a, b }: MatchedSessions): boolean => Math.min(a.length, b.length) < FEWEST_SESSIONS;

/** Of both platforms, each with its name; and what the sessions themselves leave open. */
function doubts(a: Subject, b: Subject, name: MetricName, matched: MatchedSessions): Pick<Comparison, "defects" | "cautions"> {
  const both = [a, b].map((subject) => ({ label: subject.label, ...doubtsOf(subject, name) }));
  const [k_a, k_b] = [matched.a.length, matched.b.length];
  const few = isFew(matched);
  return {
    defects: both.flatMap(({ label, defects }) => defects.map((defect) => `${label}: ${defect}`)),
    cautions: [
      ...(few ? [`${FEW_SESSIONS}: ${tooFew(k_a, k_b)}`] : []),
      ...(few || matched.paired ? [] : ["not interleaved: the sessions were not measured in turns"]),
      // Said of both together above.
      ...both.flatMap(({ label, cautions }) =>
        cautions.filter((caution) => !caution.startsWith(FEW_SESSIONS)).map((caution) => `${label}: ${caution}`),
      ),
    ],
  };
}

/** Why two times that end with the entrypoint's act do not end with the same thing. */
function otherActRule(a: Measurement, b: Measurement): string | undefined {
  const [ofA, ofB] = [a, b].map(({ actRules }) => actRules && actReading(actRules));
  return ofA === undefined || ofB === undefined || ofA === ofB
    ? undefined
    : `other rules say when a start ends (${ofA} and ${ofB}), so measure both with one version`;
}

/** A bound among exact times is one of the same rule: it stands where the kernel left the time open. */
function actReading(rules: ReadonlySet<ActRule>): string {
  const older = rules.has("fd-1") ? ["fd-1"] : [];
  const newer = rules.has("own-output")
    ? ["own-output"]
    : rules.has("client-bound") && older.length === 0
      ? ["client-bound"]
      : [];
  return [...older, ...newer].join(" and ");
}

const byKey = ({ measurements }: Subject): ReadonlyMap<MetricKey, Measurement> =>
  new Map(measurements.map((measurement) => [metricKey(measurement), measurement]));
/** Of the same experiment: others have conditions of the same name. */
const startsOf = ({ conditions }: Subject, name: MetricName) => conditions.get(conditionKey(name))?.starts ?? [];
const causesOf = ({ conditions }: Subject, total: Measurement) => ({
  totals_ms: total.values,
  causes: conditions.get(conditionKey(total))?.causes ?? [],
});
const none = (labels: readonly string[]): string => `${labels.join(" and ")} has none`;
const nothingGood = (labels: readonly string[]): string => `${labels.join(" and ")} has no successful trials`;

function differing(subjects: readonly Subject[]): DifferingFact[] {
  const names = [...new Set(subjects.flatMap(({ facts }) => Object.keys(facts)))];
  return names.flatMap((fact) => {
    const known = subjects.flatMap(({ label, facts }) => (facts[fact] === undefined ? [] : [[label, facts[fact]] as const]));
    return new Set(known.map(([, value]) => value)).size < 2 ? [] : [{ fact, values: Object.fromEntries(known) }];
  });
}

/** Why no metric of a condition can be compared: one has none of it, they are not the same, or no trial succeeded. */
function incomparable(a: Subject, b: Subject, experiment: ExperimentName, condition: string): string | undefined {
  const measured = [a, b].map(({ measurements }) =>
    measurements.filter((measurement) => measurement.experiment === experiment && measurement.condition === condition),
  );
  const labelsWhere = (test: (of: readonly Measurement[]) => boolean): string[] =>
    [a, b].filter((_, side) => test(measured[side] ?? [])).map(({ label }) => label);
  const absent = labelsWhere((of) => of.length === 0);
  if (absent.length > 0) return none(absent);
  const key = conditionKey({ experiment, condition });
  const other = notTheSame(a.conditions.get(key)?.context, b.conditions.get(key)?.context);
  if (other !== undefined) return other;
  const empty = labelsWhere((of) => of.every(({ values }) => values.length === 0));
  return empty.length > 0 ? nothingGood(empty) : undefined;
}

/** In the order of the input. */
function adjust(compared: readonly Unadjusted[]): Comparison[] {
  const families = [...grouped(compared, ({ family }) => family).values()];
  const judged = new Map(
    families.flatMap((members) => adjustFamily(members).map((each, index) => [members[index] as Unadjusted, each] as const)),
  );
  return compared.flatMap((comparison) => judged.get(comparison) ?? []);
}

/** Only of platforms each of which may be compared with each other, too. */
function omnibus(subjects: readonly Subject[]): Omnibus[] {
  if (subjects.length < 3) return [];
  interface Member {
    readonly measurement: Measurement;
    readonly label: string;
    readonly context: Context | undefined;
  }
  const groups = new Map<MetricKey, Member[][]>();
  for (const subject of subjects) {
    const { label, measurements, conditions } = subject;
    for (const measurement of measurements) {
      if (sessionMedians(measurement).length < FEWEST_SESSIONS || doubtsOf(subject, measurement).defects.length > 0) continue;
      const context = conditions.get(conditionKey(measurement))?.context;
      const key = metricKey(measurement);
      const alike = groups.get(key) ?? [];
      groups.set(key, alike);
      const group = alike.find((members) =>
        members.every(
          (member) =>
            notTheSame(member.context, context) === undefined && otherActRule(member.measurement, measurement) === undefined,
        ),
      );
      const member = { measurement, label, context };
      if (group === undefined) alike.push([member]);
      else group.push(member);
    }
  }
  return [...groups.values()].flat().flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length < 3) return [];
    const { experiment, condition, metric } = first.measurement;
    const { h, df, p } = kruskalWallis(group.map(({ measurement }) => sortedSamples(sessionMedians(measurement))));
    return [{ experiment, condition, metric, platforms: group.map(({ label }) => label), kruskal_wallis_h: h, df, p }];
  });
}

function sessionMedians({ values, blocks }: Measurement): number[] {
  const places = grouped(values.keys(), (place) => sessionOf(blocks[place] as number));
  return valuesOf(values, [...places.values()]).map((session) => median(sortedSamples(session)));
}
