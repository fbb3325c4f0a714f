/** Docker Desktop's CPU throttling varies 9.5 times as much as native Linux's. */
import { identifyStatistic } from "../../detectors/identify-statistic.ts";
import { factor, factorInterval, pct } from "../../samples/numbers.ts";
import { bootstrap } from "../../statistics/bootstrap/bootstrap.ts";
import {
  ratioOfStatistics,
  resampledStandardDeviation,
  resampledVariance,
} from "../../statistics/effects/ratio-of-statistics.ts";
import { mean } from "../../statistics/one-sample/mean.ts";
import { standardDeviation } from "../../statistics/one-sample/standard-deviation.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import type { Subject } from "../../subjects/subject.ts";
import { type AuditedStudy, findSample, sample } from "../audited-study.ts";
import type { Assessment, Claim, OwnNumber } from "../claim.ts";
import { agreement, type Reason } from "../reason.ts";
import { ABSTRACT, BOOTSTRAP, CPU, DATA, HDD, MACOS, SSD } from "./study.ts";

const published = { text: "9.5×", value: 9.5, unit: "×", decimals: 1, source: ABSTRACT } as const;

const CONDITION = "50 %";
const COLUMN = "measured_pct";
const TARGET_PCT = 50;

export const throttlingVariance: Claim = {
  id: "throttling-variance",
  claim: "Under a CPU limit of 50 %, Docker Desktop has 9.5 times the throttling variance of native Linux.",
  published,
  data: [{ file: CPU, columns: [COLUMN], conditions: [CONDITION], platforms: [MACOS, SSD] }],
  how: "Published: ratio of the standard deviations of the measured CPU share on Docker Desktop and on the Azure SSD machine. Recomputed likewise, and as a ratio of variances; intervals: BCa bootstrap.",
  assess,
  figure: "fig3-cpu-throttling",
  command: ["analyze", `${DATA}/${MACOS}`, `${DATA}/${SSD}`, `${DATA}/${HDD}`],
  remeasuring: {
    experiment: "cpu-throttling",
    what: "the CPU time that the kernel accounts to the container, over the time that passed; its standard deviation on one platform, to be held against that of another",
    measure: ownDeviation,
  },
  view: "Throttling on the laptop scattered more than on either server. By how much is not known: the clock of whole seconds scatters by itself.",
};

function assess(study: AuditedStudy): Assessment {
  const [macos, ssd] = [MACOS, SSD].map((platform) =>
    sample(study, { platform, file: CPU, condition: CONDITION, column: COLUMN }),
  ) as [Measurement, Measurement];
  const deviations = ratioOfStatistics(macos.values, ssd.values, resampledStandardDeviation, BOOTSTRAP);
  const variances = ratioOfStatistics(macos.values, ssd.values, resampledVariance, BOOTSTRAP);
  const matching = identifyStatistic(published.value, published.decimals, macos.values, ssd.values)
    .filter(({ matches }) => matches)
    .map(({ statistic }) => statistic);
  const asNamed = matching.includes("variance");
  const { ratio, interval } = asNamed ? variances : deviations;
  return {
    recomputed: ratio,
    recomputed_ci: interval,
    reasons: [
      agreement(
        published,
        ratio,
        asNamed
          ? `the ratio of the variances of ${COLUMN}`
          : `${pct(sdOf(macos))} / ${factor(sdOf(ssd))} %, standard deviations of ${COLUMN} on ${MACOS} and ${SSD},`,
        { [MACOS]: sdOf(macos), [SSD]: sdOf(ssd) },
      ),
      ...(asNamed ? [] : mislabelled(variances.ratio, deviations.ratio, matching)),
      ...nativeLinux(study, macos, asNamed ? resampledVariance : resampledStandardDeviation, interval),
      ...moreThanUnlimited([macos, ssd]),
      wholeSeconds([macos, ssd]),
    ],
  };
}

const sdOf = ({ values }: Measurement): number => standardDeviation(sortedSamples(values)) ?? 0;

function mislabelled(variances: number, deviations: number, matching: readonly string[]): Reason[] {
  const [statistic] = matching;
  if (statistic === undefined) return [];
  return [
    {
      bearing: "undercuts",
      text: `what is called a ratio of variances is that of the ${statistic} (${factor(deviations)}); that of the variances is ${factor(variances)}`,
      numbers: { variances, deviations },
    },
  ];
}

/** There were two machines with native Linux. */
function nativeLinux(
  study: AuditedStudy,
  macos: Measurement,
  statistic: typeof resampledVariance,
  againstSsd: readonly [number, number] | null,
): Reason[] {
  const hdd = findSample(study, { platform: HDD, file: CPU, condition: CONDITION, column: COLUMN });
  if (hdd === undefined) return [];
  const { ratio, interval } = ratioOfStatistics(macos.values, hdd.values, statistic, BOOTSTRAP);
  const apart = interval === null || againstSsd === null || interval[1] < againstSsd[0] || interval[0] > againstSsd[1];
  return [
    {
      bearing: apart ? "undercuts" : "supports",
      text: `against the other machine with native Linux, ${HDD}, the same ratio is ${factor(ratio)}${interval === null ? "" : ` (95 % CI ${factorInterval(interval)})`}`,
      numbers: { ratio, ...(interval === null ? {} : { ratio_lo: interval[0], ratio_hi: interval[1] }) },
    },
  ];
}

/** A limited loop that counts further than an unlimited one says that it is not the limit that is seen. */
function moreThanUnlimited(machines: readonly Measurement[]): Reason[] {
  const [above, n] = machines.reduce(
    ([count, all], { values }) => [count + values.filter((value) => value > 100).length, all + values.length],
    [0, 0] as [number, number],
  );
  if (above === 0) return [];
  const most = Math.max(...machines.flatMap(({ values }) => values));
  return [
    {
      bearing: "undercuts",
      text: `in ${above} of ${n} pairs the loop limited to ${TARGET_PCT} % counted further than the one without a limit (up to ${pct(most)} %): something other than the limit moves this number`,
      numbers: { above_100_pct: above, n, most },
    },
  ];
}

/**
 * The loop ends when a clock of whole seconds has moved on by two: it lasts 1 to 2 s, depending on where in a second it begins.
 * For two such loops, U and V uniform on [1, 2] s and independent, SD(U/V)² = E[U²] E[V⁻²] − (E[U] E[V⁻¹])²
 * = 7/3 · 1/2 − (3/2 · ln 2)².
 */
function wholeSeconds(machines: readonly Measurement[]): Reason {
  const clock_sd = TARGET_PCT * Math.sqrt(7 / 6 - (1.5 * Math.LN2) ** 2);
  return {
    bearing: "limits",
    text: `a loop of two seconds by a clock of whole seconds lasts one to two: where it begins at any point of a second, that alone scatters a true ${TARGET_PCT} % with a standard deviation of ${pct(clock_sd)} points; seen were ${machines.map((each) => pct(sdOf(each))).join(" and ")}`,
    numbers: { clock_sd },
  };
}

/** In per cent of a CPU, under the same limit as the study's. */
function ownDeviation({ measurements }: Subject): OwnNumber | null {
  const found = measurements.find(
    ({ experiment, metric, factors }) => experiment === "cpu-throttling" && metric === "cpus" && factors.limit === "0.5",
  );
  if (found === undefined || found.values.length < 2) return null;
  const shares = sortedSamples(found.values.map((cpus) => 100 * cpus));
  const deviation = (resample: typeof shares): number => standardDeviation(resample) ?? 0;
  return {
    value: deviation(shares),
    ci: bootstrap(shares, deviation, BOOTSTRAP)?.interval ?? null,
    unit: "% (SD)",
    text: `standard deviation of the CPU share under a limit of ${TARGET_PCT} %, around a mean of ${pct(mean(shares))} %, in ${shares.length} trials`,
    from: [found],
  };
}
