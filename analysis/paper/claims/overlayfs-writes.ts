/** Writes to OverlayFS are up to two orders of magnitude slower than writes to a volume, on the SSD machine. */
import { twoScales } from "../../detectors/values/two-scales.ts";
import { factor, factorInterval, ms } from "../../samples/numbers.ts";
import { resampledMedian } from "../../statistics/bootstrap/resampled-median.ts";
import { ratioOfStatistics, resampledMean } from "../../statistics/effects/ratio-of-statistics.ts";
import { unsortedMedian } from "../../statistics/one-sample/unsorted-median.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import type { Subject } from "../../subjects/subject.ts";
import { type AuditedStudy, findingsOf, findSample, sample } from "../audited-study.ts";
import type { Assessment, Claim, OwnNumber } from "../claim.ts";
import { agreement, fromFinding, type Reason } from "../reason.ts";
import { ABSTRACT, BOOTSTRAP, DATA, HDD, SSD, WRITE } from "./study.ts";

const published = {
  text: "up to two orders of magnitude",
  value: 2,
  unit: "orders of magnitude (log10)",
  decimals: 0,
  source: ABSTRACT,
} as const;

const COLUMN = "write_speed_mbps";

export const overlayfsWrites: Claim = {
  id: "overlayfs-writes",
  claim: "On SSD, writes to OverlayFS are up to two orders of magnitude slower than writes to a volume.",
  published,
  data: [{ file: WRITE, columns: [COLUMN], conditions: ["overlayfs", "volume"], platforms: [SSD] }],
  how: "Published without an estimator. Recomputed: log10 of the ratio of the median speeds, volume over OverlayFS, as the file has them; interval: BCa bootstrap. Then again with the unit restored.",
  tests: "write",
  assess,
  figure: "fig4-write-performance",
  command: ["analyze", `${DATA}/${SSD}`, `${DATA}/${HDD}`],
  remeasuring: {
    experiment: "write",
    what: "new files in both places, flushed to the disk before the clock is stopped, bytes and seconds counted by us",
    measure: ownRatio,
  },
  view: "Nothing in these data says that OverlayFS writes slowly. With the unit restored the comparison is one of new files in memory with a file that is written over, not of OverlayFS with a volume.",
};

function assess(study: AuditedStudy): Assessment {
  const [overlayfs, volume] = ["overlayfs", "volume"].map((condition) =>
    sample(study, { platform: SSD, file: WRITE, condition, column: COLUMN }),
  ) as [Measurement, Measurement];
  const { ratio, interval } = ratioOfStatistics(volume.values, overlayfs.values, resampledMedian, BOOTSTRAP);
  const means = ratioOfStatistics(volume.values, overlayfs.values, resampledMean, BOOTSTRAP).ratio;
  const recomputed = Math.log10(ratio);
  return {
    recomputed,
    recomputed_ci: interval && [Math.log10(interval[0]), Math.log10(interval[1])],
    reasons: [
      agreement(
        published,
        recomputed,
        `log10 of ${ms(ratio)}, the ratio of the median speeds ${ms(medianOf(volume))} and ${ms(medianOf(overlayfs))} taken as MB/s,`,
        { ratio },
      ),
      {
        bearing: "limits",
        text: `by the means, which the study's summary prints, the ratio is ${factor(means)}`,
        numbers: { means },
      },
      ...[SSD, HDD].flatMap((platform) => lostUnit(study, platform)),
    ],
  };
}

const medianOf = ({ values }: Measurement): number => unsortedMedian(values);

function lostUnit(study: AuditedStudy, platform: string): Reason[] {
  const findings = findingsOf(study, platform, "lost-unit", "write");
  const [overlayfs, volume] = ["overlayfs", "volume"].map((condition) =>
    findSample(study, { platform, file: WRITE, condition, column: COLUMN }),
  );
  return [
    ...findings.map((finding) => fromFinding("contradicts", platform, finding)),
    ...(overlayfs === undefined || volume === undefined ? [] : withUnits(platform, overlayfs, volume)),
  ];
}

/** The tool goes from M to G at 1024 M, as a value between 1000 and 1024 shows. */
const STEP = 1024;

function withUnits(platform: string, overlayfs: Measurement, volume: Measurement): Reason[] {
  const scales = twoScales([overlayfs, volume]);
  if (scales === null) return [];
  const inGigabytes = (value: number): boolean => value <= scales.lower[1];
  const restored = ({ values }: Measurement): number[] => values.map((value) => (inGigabytes(value) ? value * STEP : value));
  const [layer, inVolume] = [restored(overlayfs), restored(volume)];
  const { ratio, interval } = ratioOfStatistics(layer, inVolume, resampledMedian, BOOTSTRAP);
  const medians = { overlayfs_mbps: unsortedMedian(layer), volume_mbps: unsortedMedian(inVolume) };
  const notSlower = interval !== null && interval[1] >= 1;
  const reasons: Reason[] = [
    {
      bearing: notSlower ? "contradicts" : "limits",
      text: `${platform}: with the unit restored (1 GB/s = ${STEP} MB/s, as the tool counts) the medians are ${ms(medians.overlayfs_mbps)} MB/s on OverlayFS and ${ms(medians.volume_mbps)} MB/s on the volume: OverlayFS / volume is ${factor(ratio)}${interval === null ? "" : ` (95 % CI ${factorInterval(interval)})`}`,
      numbers: { ...medians, ratio },
    },
  ];
  const first = volume.values[0] as number;
  if (volume.values.filter(inGigabytes).length === 1 && inGigabytes(first)) {
    // It makes the volume's file and all later ones find it: they are not what a write to OverlayFS, always to a new file, is.
    reasons.push({
      bearing: "limits",
      text: `${platform}: the volume's first write, its only one to a new file, reads ${first} as those of OverlayFS do; the others write over that file, so that what differs is whether the file is new, and not where it lies`,
      numbers: { first, first_mbps: first * STEP },
    });
  }
  return reasons;
}

/** The same statistic, of new files that were flushed. */
function ownRatio({ measurements }: Subject): OwnNumber | null {
  const [overlay, volume] = ["overlay", "volume"].map((storage) =>
    measurements.find(
      ({ experiment, metric, factors, values }) =>
        experiment === "write" &&
        metric === "speed_mbps" &&
        factors.storage === storage &&
        factors.mode === "fsync" &&
        values.length > 0,
    ),
  );
  if (overlay === undefined || volume === undefined) return null;
  const { ratio, interval } = ratioOfStatistics(volume.values, overlay.values, resampledMedian, BOOTSTRAP);
  return {
    value: Math.log10(ratio),
    ci: interval && [Math.log10(interval[0]), Math.log10(interval[1])],
    unit: "orders of magnitude",
    text: `log10 of ${factor(ratio)}, the median speeds of new files, flushed: ${ms(medianOf(volume))} MB/s on a volume and ${ms(medianOf(overlay))} MB/s on the container's layer`,
    from: [overlay, volume],
  };
}
