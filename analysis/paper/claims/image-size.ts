/** Startup hardly depends on the image's size: 2.5 % between 5 and 155 MB, on the SSD machine. */
import { compareSamples, EQUIVALENCE_BAND } from "../../samples/compare-samples.ts";
import { factor, ms, pct, pctInterval } from "../../samples/numbers.ts";
import { ratioOfStatistics, resampledMean } from "../../statistics/effects/ratio-of-statistics.ts";
import type { Interval } from "../../statistics/interval.ts";
import { unsortedMedian } from "../../statistics/one-sample/unsorted-median.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import type { Subject } from "../../subjects/subject.ts";
import { type AuditedStudy, findingsOf, findSample, isPlainWarm, measurementsOf, sample } from "../audited-study.ts";
import type { Assessment, Claim, OwnNumber } from "../claim.ts";
import { extremes, meanOf } from "../extremes.ts";
import { agreement, fromFinding, type Reason } from "../reason.ts";
import { ABSTRACT, BOOTSTRAP, DATA, HDD, IMAGES, MACOS, SSD, STARTUP, WARM } from "./study.ts";

const published = { text: "2.5 %", value: 2.5, unit: "%", decimals: 1, source: ABSTRACT } as const;

export const imageSize: Claim = {
  id: "image-size",
  claim:
    "Startup is dominated by the runtime and not by the image's size: it varies by 2.5 % across images of 5 to 155 MB on SSD.",
  published,
  data: [
    {
      file: STARTUP,
      columns: ["startup_ms"],
      conditions: IMAGES.map(({ image }) => WARM(image)),
      platforms: [SSD],
    },
  ],
  how: "Published: (largest − smallest) / smallest of the three images' mean warm startup. Recomputed likewise; interval: BCa bootstrap of the ratio of the two means.",
  assess,
  figure: "fig1-startup-latency",
  command: ["analyze", `${DATA}/${SSD}`],
  remeasuring: {
    experiment: "startup",
    what: "images in random order within blocks, from the create request to the entrypoint's first write",
    measure: ownSpread,
  },
  view: "A warm start reads little of its image, so size should matter little; this design cannot show it, as the effects of time and image cannot be separated. Images have to take turns.",
};

const warmOf = (study: AuditedStudy, platform: string): Measurement[] =>
  IMAGES.flatMap(
    ({ image }) => findSample(study, { platform, file: STARTUP, condition: WARM(image), column: "startup_ms" }) ?? [],
  );

function assess(study: AuditedStudy): Assessment {
  const bySize = IMAGES.map(({ image }) =>
    sample(study, { platform: SSD, file: STARTUP, condition: WARM(image), column: "startup_ms" }),
  );
  const { spread_pct, ci } = spread(bySize);
  const means = bySize.map(meanOf);
  return {
    recomputed: spread_pct,
    recomputed_ci: ci,
    reasons: [
      agreement(published, spread_pct, `the spread of the means ${means.map(ms).join(", ")} ms (by size)`, {
        alpine_ms: means[0] as number,
        nginx_ms: means[1] as number,
        python_ms: means[2] as number,
      }),
      practicallyEqual(bySize),
      ...againstSize(bySize),
      order(study),
      ...elsewhere(study),
      oneNumber(study),
    ],
  };
}

/** In per cent of the smallest mean; the interval takes the two images as given. */
function spread(images: readonly Measurement[]): { readonly spread_pct: number; readonly ci: Interval | null } {
  const { most, least } = extremes(images);
  const { ratio, interval } = ratioOfStatistics(most.values, least.values, resampledMean, BOOTSTRAP);
  return { spread_pct: 100 * (ratio - 1), ci: interval && [100 * (interval[0] - 1), 100 * (interval[1] - 1)] };
}

function practicallyEqual(images: readonly Measurement[]): Reason {
  const { most, least } = extremes(images);
  const { ratio, ratio_ci, equivalent } = compareSamples(most.values, least.values);
  const [low, high] = ratio_ci ?? [Number.NaN, Number.NaN];
  return {
    bearing: equivalent ? "supports" : "undercuts",
    text: `the two images furthest apart, ${most.condition} and ${least.condition}, are ${equivalent ? "" : "not shown to be "}the same within ${pct(100 * (EQUIVALENCE_BAND[1] - 1))} %: ratio ${factor(ratio)} (95 % CI ${factor(low)}–${factor(high)})`,
    numbers: { ratio: ratio ?? Number.NaN, ratio_lo: low, ratio_hi: high },
  };
}

/** A difference that is certain and goes against size is of something else than size. */
function againstSize(bySize: readonly Measurement[]): Reason[] {
  const [smallest, largest] = [bySize[0] as Measurement, bySize.at(-1) as Measurement];
  const { ratio, ratio_ci } = compareSamples(largest.values, smallest.values);
  if (ratio === null || ratio_ci === null || ratio_ci[1] >= 1) return [];
  return [
    {
      bearing: "undercuts",
      text: `the largest image starts faster than the smallest: ${largest.condition} / ${smallest.condition} = ${factor(ratio)} (95 % CI ${factor(ratio_ci[0])}–${factor(ratio_ci[1])}); something other than their size differs between them`,
      numbers: { ratio, ratio_lo: ratio_ci[0], ratio_hi: ratio_ci[1] },
    },
  ];
}

/** The images have to take turns, or what changes with time looks like an effect of the image. */
function order(study: AuditedStudy): Reason {
  const [finding] = findingsOf(study, SSD, "condition-order", "startup");
  if (finding !== undefined) return fromFinding("undercuts", SSD, finding);
  return { bearing: "supports", text: "the images took turns, so that what changed with time met all alike", numbers: {} };
}

/** The claim names the SSD machine; what the others say limits how far it carries. */
function elsewhere(study: AuditedStudy): Reason[] {
  const spreads = [HDD, MACOS].flatMap((platform) => {
    const images = warmOf(study, platform);
    return images.length < IMAGES.length ? [] : [{ platform, ...spread(images) }];
  });
  if (spreads.length === 0) return [];
  const listed = spreads.map(
    ({ platform, spread_pct, ci }) => `${pct(spread_pct)} %${ci === null ? "" : ` (95 % CI ${pctInterval(ci)})`} on ${platform}`,
  );
  return [
    {
      bearing: "limits",
      text: `the same spread is ${listed.join(" and ")}`,
      numbers: Object.fromEntries(spreads.map(({ platform, spread_pct }) => [platform, spread_pct])),
    },
  ];
}

/** That the runtime dominates would show in parts of a start. */
function oneNumber(study: AuditedStudy): Reason {
  const columns = new Set(measurementsOf(study, SSD, STARTUP).map(({ metric }) => metric)).size;
  return {
    bearing: "limits",
    text: `the file has ${columns === 1 ? "one number" : `${columns} numbers`} a start, and startup_ms ends when docker run has returned, removal included: the runtime's part of it was not measured`,
    numbers: { columns },
  };
}

/** The same statistic of our warm starts, by the study's own instrument where it was used; our images differ from the study's. Where starts have flags, these differ, too. */
function ownSpread({ measurements }: Subject): OwnNumber | null {
  const [timedAlike, starts] = [
    measurements.filter(({ experiment, metric }) => experiment === "study-warm" && metric === "docker_run_ms"),
    measurements.filter(
      ({ experiment, metric, factors }) => experiment === "startup" && metric === "total_ms" && isPlainWarm(factors),
    ),
  ].map((found) => found.filter(({ values }) => values.length > 1)) as [Measurement[], Measurement[]];
  const isAlike = timedAlike.length > 1;
  const images = isAlike ? timedAlike : starts;
  if (images.length < 2) return null;
  const { spread_pct, ci } = spread(images);
  const means = images.map((image) => `${image.factors.image} ${ms(meanOf(image))} ms`);
  const medians = images.map(({ values }) => ms(unsortedMedian(values)));
  return {
    value: spread_pct,
    ci,
    unit: "%",
    text: `spread of the means of ${isAlike ? "docker run" : "starts"}: ${means.join(", ")} (the medians: ${medians.join(", ")} ms)`,
    from: images,
  };
}
