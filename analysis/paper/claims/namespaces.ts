/** Namespaces cost 8 to 10 ms, less than 1.5 % of a start. */
import { toMilliseconds } from "../../../research/units.ts";
import { factor, factorInterval, ms } from "../../samples/numbers.ts";
import { shareIntervals, sharePct } from "../../samples/share.ts";
import { ratioOfStatistics, resampledMean } from "../../statistics/effects/ratio-of-statistics.ts";
import { meanInterval } from "../../statistics/one-sample/mean-interval.ts";
import { median } from "../../statistics/one-sample/median.ts";
import { quantileInterval } from "../../statistics/one-sample/quantile-interval.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import { sum } from "../../statistics/sum.ts";
import { conditionKey } from "../../subjects/key.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import { phasesOf, totalOf } from "../../subjects/starts.ts";
import type { Subject } from "../../subjects/subject.ts";
import { sessionsIn } from "../../summaries/described.ts";
import { type AuditedStudy, findSample, isPlainWarm, sample } from "../audited-study.ts";
import type { Assessment, Claim, OwnNumber } from "../claim.ts";
import { meanOf } from "../extremes.ts";
import type { DataNeed } from "../published.ts";
import type { Reason } from "../reason.ts";
import { ABSTRACT, BOOTSTRAP, DATA, HDD, IMAGES, MACOS, NAMESPACES, SSD, STARTUP, WARM } from "./study.ts";

const CONDITION = "namespace_create";
const COLUMN = "duration_ms";
const LINUX = [SSD, HDD] as const;

const timed: DataNeed = { file: NAMESPACES, columns: [COLUMN], conditions: [CONDITION], platforms: LINUX };
const startups: DataNeed = { file: STARTUP, columns: ["startup_ms"], conditions: [WARM("alpine")], platforms: LINUX };

const RANGE = [8, 10] as const;

const publishedTime = { text: "8–10 ms", value: RANGE, unit: "ms", decimals: 0, source: ABSTRACT } as const;
const publishedShare = { text: "< 1.5 %", value: 1.5, unit: "%", decimals: 1, source: ABSTRACT } as const;

export const namespaceTime: Claim = {
  id: "namespace-time",
  claim: "Creating namespaces takes 8 to 10 ms.",
  published: publishedTime,
  data: [timed],
  how: "Published: the means of the two Linux machines, rounded. Recomputed: the least and the greatest of the two means; the interval reaches from the lower end of the one to the upper end of the other (t, 95 % each).",
  assess: assessTime,
  figure: "fig7-overhead-decomposition",
  command: ["analyze", `${DATA}/${SSD}`, `${DATA}/${HDD}`],
  remeasuring: {
    experiment: "startup",
    what: "the phase namespaces of a start: from the runtime's first unshare to its return, by the kernel's clock",
    measure: ownTime,
  },
  view: "Making namespaces takes a small part of a start. The published time is that of a whole process; in the kernel's own timeline of a start it is well below.",
};

export const namespaceShare: Claim = {
  id: "namespace-share",
  claim: "Creating namespaces is less than 1.5 % of a start.",
  published: publishedShare,
  data: [timed, startups],
  how: "Published without an estimator. Recomputed: the mean of the namespace test over the mean warm alpine startup of the same machine, the larger of the two machines; interval: BCa bootstrap.",
  assess: assessShare,
  figure: "fig7-overhead-decomposition",
  command: ["analyze", `${DATA}/${SSD}`, `${DATA}/${HDD}`],
  remeasuring: {
    experiment: "startup",
    what: "the share of the phase namespaces in the start that contains it",
    measure: ownShare,
  },
  view: "That namespaces are a small share of a start holds here too, and by a wide margin; the published share divides one process by another.",
};

const ofNamespaces = (study: AuditedStudy, platform: string): Measurement =>
  sample(study, { platform, file: NAMESPACES, condition: CONDITION, column: COLUMN });

function assessTime(study: AuditedStudy): Assessment {
  const machines = LINUX.map((platform) => ({ platform, measured: ofNamespaces(study, platform) }));
  const means = machines.map(({ measured }) => meanOf(measured));
  const intervals = machines.map(({ measured }) => meanInterval(sortedSamples(measured.values)));
  const inRange = means.every((mean) => Math.round(mean) >= RANGE[0] && Math.round(mean) <= RANGE[1]);
  const listed = machines.map(({ platform }, index) => `${ms(means[index] as number)} ms on ${platform}`).join(", ");
  return {
    recomputed: [Math.min(...means), Math.max(...means)],
    recomputed_ci: intervals.every((interval) => interval !== null)
      ? [Math.min(...intervals.map(([lo]) => lo)), Math.max(...intervals.map(([, hi]) => hi))]
      : null,
    reasons: [
      {
        bearing: inRange ? "supports" : "contradicts",
        text: `the means are ${listed}: ${inRange ? "in whole milliseconds within" : "not within"} ${publishedTime.text}`,
        numbers: Object.fromEntries(machines.map(({ platform }, index) => [platform, means[index] as number])),
      },
      belowRange(machines.map(({ measured }) => measured)),
      wholeProcess(Math.min(...machines.flatMap(({ measured }) => measured.values))),
      ...notMeasured(study),
    ],
  };
}

function belowRange(machines: readonly Measurement[]): Reason {
  const values = machines.flatMap(({ values }) => values);
  const below = values.filter((value) => value < RANGE[0]).length;
  const medians = machines.map(({ values }) => median(sortedSamples(values)));
  return {
    bearing: "limits",
    text: `${below} of ${values.length} trials lie below ${RANGE[0]} ms, the medians are ${medians.map(ms).join(" and ")} ms`,
    numbers: { below, n: values.length, least_median: Math.min(...medians), most_median: Math.max(...medians) },
  };
}

/** From the study's script: what stands between its two readings of the clock. */
const wholeProcess = (least_ms: number): Reason => ({
  bearing: "undercuts",
  text: `timed is a whole process, unshare --pid --fork --mount-proc echo, by a clock that is read with date, a process too: the least of all trials, ${ms(least_ms)} ms, is an upper bound for the two namespaces that it makes; the network, IPC, UTS and cgroup namespaces of a container are not among them`,
  numbers: { least_ms },
});

function notMeasured(study: AuditedStudy): Reason[] {
  const macos = findSample(study, { platform: MACOS, file: NAMESPACES, condition: CONDITION, column: COLUMN });
  if (macos !== undefined) return [];
  return [
    {
      bearing: "limits",
      text: `not measured on ${MACOS}: it holds for two machines of three`,
      numbers: { machines: LINUX.length },
    },
  ];
}

function assessShare(study: AuditedStudy): Assessment {
  const shares = LINUX.map((platform) => {
    const startup = sample(study, { platform, file: STARTUP, condition: WARM("alpine"), column: "startup_ms" });
    const { ratio, interval } = ratioOfStatistics(ofNamespaces(study, platform).values, startup.values, resampledMean, BOOTSTRAP);
    return { platform, startup, share_pct: 100 * ratio, ci: interval && ([100 * interval[0], 100 * interval[1]] as const) };
  });
  const largest = shares.reduce((a, b) => (b.share_pct > a.share_pct ? b : a));
  const below = largest.share_pct < publishedShare.value;
  const listed = shares.map(
    ({ platform, share_pct, ci }) =>
      `${factor(share_pct)} %${ci === null ? "" : ` (95 % CI ${factorInterval(ci)})`} on ${platform}`,
  );
  return {
    recomputed: largest.share_pct,
    recomputed_ci: largest.ci,
    reasons: [
      {
        bearing: below ? "supports" : "contradicts",
        text: `mean namespace test / mean warm alpine startup is ${listed.join(", ")}: ${below ? "below" : "not below"} ${publishedShare.value} %`,
        numbers: Object.fromEntries(shares.map(({ platform, share_pct }) => [platform, share_pct])),
      },
      ...againstOwnRange(largest.startup, largest.platform),
      ...otherDenominators(study, largest.platform),
      notAPart(Math.min(...LINUX.flatMap((platform) => ofNamespaces(study, platform).values))),
    ],
  };
}

/** 8–10 ms and < 1.5 % are said of the same thing. */
function againstOwnRange(startup: Measurement, platform: string): Reason[] {
  const most_pct = sharePct(RANGE[1], meanOf(startup));
  if (most_pct < publishedShare.value) return [];
  return [
    {
      bearing: "limits",
      text: `the upper end of ${publishedTime.text} would be ${factor(most_pct)} % of the ${ms(meanOf(startup))} ms on ${platform}: the two published numbers agree for up to ${factor((publishedShare.value / 100) * meanOf(startup))} ms there`,
      numbers: { most_pct, startup_ms: meanOf(startup) },
    },
  ];
}

function otherDenominators(study: AuditedStudy, platform: string): Reason[] {
  const shares = IMAGES.slice(1).flatMap(({ image }) => {
    const startup = findSample(study, { platform, file: STARTUP, condition: WARM(image), column: "startup_ms" });
    return startup === undefined ? [] : [{ image, share_pct: sharePct(meanOf(ofNamespaces(study, platform)), meanOf(startup)) }];
  });
  if (shares.length === 0) return [];
  return [
    {
      bearing: "limits",
      text: `by the startup of other images on ${platform} it is ${shares.map(({ image, share_pct }) => `${factor(share_pct)} % (${image})`).join(", ")}`,
      numbers: Object.fromEntries(shares.map(({ image, share_pct }) => [image, share_pct])),
    },
  ];
}

const notAPart = (least_ms: number): Reason => ({
  bearing: "undercuts",
  text: `neither number is a part of the other: above stands a process of its own (at least ${ms(least_ms)} ms) that makes two of a container's namespaces, below the whole docker run --rm with its client, the exit and the removal`,
  numbers: { least_ms },
});

interface OwnPhases {
  readonly warm: Measurement;
  readonly parts: number[];
  readonly totals: number[];
  readonly sessions: number[] | null;
}

/** Every warm start of the first image, with what the namespaces took; `null` where the phase was not seen. */
function ownPhases(ours: Subject): OwnPhases | null {
  const { conditions, measurements } = ours;
  const warm = measurements.find(
    ({ experiment, metric, factors }) => experiment === "startup" && metric === "total_ms" && isPlainWarm(factors),
  );
  if (warm === undefined) return null;
  const sessions = sessionsIn(ours, warm);
  const seen = (conditions.get(conditionKey(warm))?.starts ?? []).flatMap((start, index) => {
    const phase = phasesOf(start).find((each) => each.phase === "namespaces" && each.encloses.length === 0);
    const session = sessions?.[index] ?? 0;
    return phase === undefined
      ? []
      : [{ part: toMilliseconds(phase.duration_ns), total: toMilliseconds(totalOf(start)), session }];
  });
  if (seen.length === 0) return null;
  return {
    warm,
    parts: seen.map(({ part }) => part),
    totals: seen.map(({ total }) => total),
    sessions: sessions && seen.map(({ session }) => session),
  };
}

function ownTime(ours: Subject): OwnNumber | null {
  const phases = ownPhases(ours);
  if (phases === null) return null;
  const samples = sortedSamples(phases.parts);
  return {
    value: median(samples),
    ci: quantileInterval(samples, 0.5)?.interval ?? null,
    unit: "ms",
    text: `median of the phase namespaces in ${samples.length} starts of ${phases.warm.condition}`,
    from: [{ ...phases.warm, metric: "namespaces_ms" }],
  };
}

function ownShare(ours: Subject): OwnNumber | null {
  const phases = ownPhases(ours);
  if (phases === null) return null;
  return {
    value: sharePct(sum(phases.parts), sum(phases.totals)),
    ci: shareIntervals(phases.totals, phases.sessions)(phases.parts),
    unit: "%",
    text: `share of the phase namespaces in the summed time of ${phases.parts.length} starts of ${phases.warm.condition}`,
    from: [{ ...phases.warm, metric: "namespaces_ms" }],
  };
}
