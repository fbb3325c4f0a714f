/** What a reader must know to read the numbers rightly. */
import { closed } from "../../../research/text/sentence.ts";
import { count, factor, interval, ms } from "../../samples/numbers.ts";
import { FEWEST_SESSIONS } from "../../samples/sessions.ts";
import { MINIMUM_FOR_MEDIAN_INTERVAL } from "../../statistics/one-sample/quantile-interval.ts";
import { levelOf } from "../../summaries/described.ts";
import type { ConditionSummary, MetricSummary, PlatformSummary, SessionSummary } from "../../summaries/summary.ts";
import { code, type Inline } from "../document/document.ts";
import { besidePhases, failuresOf, startFactors } from "./parts.ts";

/** Of a platform of ours, or of a folder in the study's format. */
export const readingNotes = (platform: PlatformSummary): Inline[] =>
  platform.sessions === null ? studyNotes(platform) : ourNotes(platform, platform.sessions);

function ourNotes(platform: PlatformSummary, sessions: readonly SessionSummary[]): Inline[] {
  const { rows, warmups } = platform.tables.startup ?? { rows: 0, warmups: 0 };
  const conditions = platform.conditions.filter(({ experiment }) => experiment === "startup");
  const starts: Inline[] = [
    ["Starts: milliseconds from the create request being sent until the entrypoint acts."],
    [
      `${count(rows, "row")}, of which ${count(warmups, "warm-up")} left out. n counts the successful starts; none of them `,
      "is dropped, outliers included.",
    ],
    ["Medians of tiers and phases do not add up to the median of the total. A share is one of summed time; shares add up."],
    [
      "Intervals of shares: Fieller's, of part and total together; from three sessions on by Student's t of what the sessions' sums differ by; none below five starts.",
    ],
  ];
  return [
    ...(rows === 0 ? [] : starts),
    ...(platform.conditions.length === conditions.length
      ? []
      : [["The other experiments: warm-ups left out; n counts the trials in which the metric was measured, of those made."]]),
    ...conditions.flatMap(failureNote),
    ...(conditions.some(({ probe }) => probe?.includes("events")) ? [COARSE_NOTE] : []),
    ...platform.caveats.map((caveat): Inline => [caveat]),
    intervalNote(platform),
    OUTLIER_NOTE,
    ...(platform.paired.length === 0 ? [] : [PAIRED_NOTE]),
    ...conditions.flatMap(tailNote),
    ...conditions.flatMap(precisionNote),
    ...conditions.flatMap(sessionsNote),
    ...platform.conditions.flatMap(doubtNotes),
    ...sessions.flatMap(observerNotes),
    ...sessionNote(sessions.length),
  ];
}

/** What a reader of a folder in the study's format must know. */
const studyNotes = (platform: PlatformSummary): Inline[] => [
  ["Metrics are the columns of the study's files, as they stand there: startup_ms lasts until docker run has returned."],
  ...platform.caveats.map((caveat): Inline => [caveat]),
  intervalNote(platform),
  OUTLIER_NOTE,
  ...(platform.paired.length === 0 ? [] : [PAIRED_NOTE]),
  ...platform.conditions.flatMap(doubtNotes),
  ["The files do not say in how many sessions they were measured: read them as one, on which all intervals depend."],
];

function intervalNote({ conditions }: PlatformSummary): Inline {
  const metrics = conditions.flatMap(shown);
  const ofTrials = metrics.filter((metric) => levelOf(metric).of !== "sessions");
  const overSessions =
    "over sessions, of the mean by Student's t on their means, of the median by Student's t on the logarithms of their medians";
  return [
    "95 % intervals: ",
    ...(ofTrials.length < metrics.length
      ? [`${overSessions}${ofTrials.length === 0 ? "." : ", where there are three sessions with medians above 0; else "}`]
      : []),
    ...(ofTrials.length === 0
      ? []
      : [
          "of the mean by Student's t with n − 1 degrees of freedom; of the median by exact order statistics",
          `${coverages(ofTrials)}, none below n = ${MINIMUM_FOR_MEDIAN_INTERVAL}.`,
        ]),
  ];
}

const OUTLIER_NOTE: Inline = [
  "Outliers lie beyond Tukey's fences (1.5 times the quartiles' distance); they are labelled and kept. MAD: median absolute ",
  "deviation × 1.4826. ±%: half the median's interval, in per cent of the median.",
];

const COARSE_NOTE: Inline = [
  "With the events probe a total ends with the first byte that the client read, a little after the act itself, and tiers are ",
  "not guessed (research/method/validation.md: what the coarse probe is worth).",
];

const PAIRED_NOTE: Inline = [
  "Paired within blocks: median of the Walsh averages of the differences (shift) and of their logarithms (ratio), p by ",
  "Wilcoxon's signed ranks, adjusted by Holm within an experiment and metric, of variants apart; the intervals behind “jointly” ",
  "hold for all pairs of such a family, of phases for all phases in it. Only conditions that took turns are paired.",
];

/** Only where there are enough for its interval to be finite. */
function tailNote(condition: ConditionSummary): Inline[] {
  const { image, mode } = startFactors(condition);
  const { p99 = null, p99_ci = null } = condition.metrics.total_ms ?? {};
  return p99 === null ? [] : [[code(image), ` ${mode}: 99th percentile ${ms(p99)} ms (95 % CI ${interval(p99_ci)}).`]];
}

/** Only where more is needed than there are, and sessions tell how much they differ. */
function precisionNote(condition: ConditionSummary): Inline[] {
  const { image, mode } = startFactors(condition);
  const { precision = null, sessions = null } = condition.metrics.total_ms ?? {};
  const { sessions_for_2_pct: needed = null, trials_a_session = null } = precision ?? {};
  if (needed === null || trials_a_session === null || needed <= (sessions?.sessions ?? 0)) return [];
  const each = `${Math.round(trials_a_session)} ${Math.round(trials_a_session) === 1 ? "trial" : "trials"}`;
  return [
    [
      code(image),
      ` ${mode}: about ${needed} sessions of ${each} would bring the interval of its median to ±2 % (--precision 2%).`,
    ],
  ];
}

/** Only where it was measured. */
const observerNotes = ({ session, observer_effect }: SessionSummary): Inline[] =>
  (observer_effect ?? []).flatMap((effect): Inline[] => {
    const { probe, scheduler, baseline, image, pairs, traced_over_untraced, interval: ends } = effect;
    if (traced_over_untraced === null) return [];
    const without = baseline === "off" ? "when nobody watches" : `with Docker's events alone`;
    const how = ends === null ? "" : `; 95 % CI ${factor(ends[0])}–${factor(ends[1])}`;
    return [
      [
        `Probe ${probe}${scheduler === true ? " with the scheduler's events" : ""} in session ${session}: starts of `,
        code(image),
        ` took ${factor(traced_over_untraced)} times as long with it as ${without} (${count(pairs, "pair")}, ratio of medians${how}).`,
      ],
    ];
  });

/** Only where there are several. */
function sessionsNote(condition: ConditionSummary): Inline[] {
  const { image, mode } = startFactors(condition);
  const { sessions = null } = condition.metrics.total_ms ?? {};
  if (sessions === null || sessions.sessions < 2) return [];
  const { sd_within, sd_between, median, median_ci } = sessions;
  return [
    [
      code(image),
      ` ${mode}, ${sessions.sessions} sessions: SD within ${ms(sd_within)} ms, between ${ms(sd_between)} ms; geometric mean of the sessions' medians ${ms(median)} ms, 95 % CI ${interval(median_ci)} ms (t on logarithms, ${sessions.sessions - 1} df).`,
    ],
  ];
}

/** Where intervals of the table are of another kind than the rest, or the number itself is in doubt. Parts repeat what their total has. */
const doubtNotes = ({ experiment, condition, metrics }: ConditionSummary): Inline[] =>
  Object.entries(metrics)
    .filter(([, { part }]) => part === null)
    .flatMap(([metric, { intervals, defects }]): Inline[] => [
      ...(intervals === "dependent"
        ? [
            [
              `${experiment} `,
              code(condition),
              ` (${metric}): trials depend on those before them; intervals of mean and median know of it (long-run variance, effective n of ranks).`,
            ],
          ]
        : []),
      ...(defects.length > 0
        ? [
            [
              `${experiment} `,
              code(condition),
              closed(` (${metric}): nothing is concluded from this number. Defect: ${defects.join("; ")}`),
            ],
          ]
        : []),
    ]);

function failureNote(condition: ConditionSummary): Inline[] {
  const { image, mode } = startFactors(condition);
  const { ok = 0, ...failed_by_outcome } = condition.outcomes ?? {};
  const [n, failed] = [condition.metrics.total_ms?.n ?? 0, failuresOf(condition)];
  const without_total = ok - n;
  const outcomes = Object.entries(failed_by_outcome).filter(([, times]) => times > 0);
  const lines: Inline[] = [];
  if (failed > 0) {
    const list = outcomes.map(([outcome, times]) => `${outcome} ${times}`).join(", ");
    lines.push([code(image), ` ${mode}: ${failed} of ${n + failed + without_total} starts not summarised (${list}).`]);
  }
  if (without_total > 0) {
    lines.push([
      code(image),
      ` ${mode}: ${count(without_total, "start")} without a total, as nothing shows the entrypoint acting.`,
    ]);
  }
  return lines;
}

/** Those whose intervals stand in a table: of startup the total. */
const shown = (condition: ConditionSummary): MetricSummary[] =>
  besidePhases(condition).flatMap(([, metric]) => (condition.experiment === "startup" && metric.part !== null ? [] : [metric]));

/** ` (which cover 95.9–96.7 %)`: whole orders cannot give 95 % exactly. */
function coverages(descriptions: readonly MetricSummary[]): string {
  const known = descriptions
    .flatMap(({ median_ci_coverage }) => median_ci_coverage ?? [])
    .sort((a, b) => a - b)
    .map((coverage) => (100 * coverage).toFixed(1));
  const [least, most] = [known[0], known.at(-1)];
  return least === undefined ? "" : ` (which cover ${least === most ? least : `${least}–${most}`} %)`;
}

const sessionNote = (sessions: number): Inline[] =>
  sessions >= FEWEST_SESSIONS
    ? []
    : [
        [
          sessions === 1
            ? "Conditional on this session: the intervals say nothing about another day, another boot or another machine."
            : "The trials of two sessions are pooled as if they were one: two do not tell how much sessions differ.",
        ],
      ];
