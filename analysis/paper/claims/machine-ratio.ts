/** A claim that one kind of machine starts containers N times slower than another: what both such claims share. */
import { compareSamples } from "../../samples/compare-samples.ts";
import { factor, factorInterval, MISSING, ms } from "../../samples/numbers.ts";
import { ratioOfStatistics, resampledMean } from "../../statistics/effects/ratio-of-statistics.ts";
import type { Interval } from "../../statistics/interval.ts";
import { type AuditedStudy, findSample, machineOf, sample } from "../audited-study.ts";
import type { Assessment } from "../claim.ts";
import { meanOf } from "../extremes.ts";
import type { DataNeed, Published } from "../published.ts";
import { agreement, type Reason } from "../reason.ts";
import { BOOTSTRAP, IMAGES, STARTUP, WARM } from "./study.ts";

export interface MachineRatio {
  /** Machines of each kind; the first of each are those whose ratio was published. */
  readonly slow: readonly [string, ...string[]];
  readonly fast: readonly [string, ...string[]];
  /** What the claim makes responsible: `the storage tier`. */
  readonly cause: string;
  readonly published: Published;
  /** Facts of the notes that belong to the cause; in all others the machines should agree. */
  readonly ofTheCause: readonly string[];
}

const CONDITION = WARM("alpine");
const COLUMN = "startup_ms";

export const needsOf = (slow: string, fast: string): DataNeed[] => [
  { file: STARTUP, columns: [COLUMN], conditions: [CONDITION], platforms: [slow, fast] },
];

export function assessMachineRatio(study: AuditedStudy, claim: MachineRatio): Assessment {
  const { published } = claim;
  const [slow, fast] = [claim.slow[0], claim.fast[0]];
  const [a, b] = [slow, fast].map((platform) =>
    sample(study, { platform, file: STARTUP, condition: CONDITION, column: COLUMN }),
  ) as [ReturnType<typeof sample>, ReturnType<typeof sample>];
  const { ratio, interval } = ratioOfStatistics(a.values, b.values, resampledMean, BOOTSTRAP);
  return {
    recomputed: ratio,
    recomputed_ci: interval,
    reasons: [
      agreement(published, ratio, `${ms(meanOf(a))} / ${ms(meanOf(b))} ms, means of ${CONDITION} on ${slow} and ${fast},`, {
        [slow]: meanOf(a),
        [fast]: meanOf(b),
      }),
      direction(a.values, b.values, claim),
      replication(study, claim),
      ...machinesDiffer(study, claim),
      ...otherImages(study, claim, interval),
    ],
  };
}

function direction(a: readonly number[], b: readonly number[], { slow: [slow], fast: [fast] }: MachineRatio): Reason {
  const { ratio, ratio_ci } = compareSamples(a, b);
  const [low, high] = ratio_ci ?? [Number.NaN, Number.NaN];
  const slower = low > 1;
  return {
    bearing: slower ? "supports" : high < 1 ? "contradicts" : "undercuts",
    text: `between these two machines, in these sessions, the direction is ${slower ? `certain: ${slow} is slower than ${fast}` : "not as claimed, or not certain"}, ratio ${factor(ratio)} (Hodges-Lehmann, 95 % CI ${factor(low)}–${factor(high)})`,
    numbers: { ratio: ratio ?? Number.NaN, ratio_lo: low, ratio_hi: high },
  };
}

/**
 * Repeats on one machine tell how certain the number of this machine is, and nothing about others of its kind: the machine is
 * the unit (Hurlbert, "Pseudoreplication and the design of ecological field experiments", Ecol. Monogr. 54(2), 1984).
 */
function replication(study: AuditedStudy, { slow, fast, cause }: MachineRatio): Reason {
  const [slowMachines, fastMachines] = [slow, fast].map((kind) =>
    kind.flatMap((platform) => {
      const found = findSample(study, { platform, file: STARTUP, condition: CONDITION, column: COLUMN });
      return found === undefined ? [] : [meanOf(found)];
    }),
  ) as [number[], number[]];
  const counts = { slow_machines: slowMachines.length, fast_machines: fastMachines.length };
  if (slowMachines.length < 2 || fastMachines.length < 2) {
    return {
      bearing: "undercuts",
      text: `${slowMachines.length === fastMachines.length ? "one machine of each kind" : `${slowMachines.length} and ${fastMachines.length} machines of the two kinds`}, one session each: the effect of ${cause} cannot be separated from other differences between two machines, however many starts each made`,
      numbers: counts,
    };
  }
  const [least, most] = [
    Math.min(...slowMachines) / Math.max(...fastMachines),
    Math.max(...slowMachines) / Math.min(...fastMachines),
  ];
  return {
    bearing: least > 1 ? "supports" : "contradicts",
    text: `${slowMachines.length} and ${fastMachines.length} machines: ratios of their means from ${factor(least)} to ${factor(most)}`,
    numbers: { ...counts, least, most },
  };
}

function machinesDiffer(study: AuditedStudy, { slow: [slow], fast: [fast], cause, ofTheCause }: MachineRatio): Reason[] {
  const [a, b] = [machineOf(study, slow)?.facts ?? {}, machineOf(study, fast)?.facts ?? {}];
  const shared = Object.keys(a).filter((fact) => b[fact] !== undefined && !ofTheCause.includes(fact));
  if (shared.length === 0) return [];
  const differing = shared.filter((fact) => a[fact] !== b[fact]);
  const numbers = { facts: shared.length, differing: differing.length };
  if (differing.length === 0) return [{ bearing: "supports", text: `their notes agree in ${shared.join(", ")}`, numbers }];
  const listed = differing.map((fact) => `${fact} (${a[fact]}; ${b[fact]})`).join(", ");
  return [{ bearing: "undercuts", text: `besides ${cause}, the machines differ in ${listed}`, numbers }];
}

/** One number for a machine is one number for this image. */
function otherImages(study: AuditedStudy, { slow: [slow], fast: [fast] }: MachineRatio, ofAlpine: Interval | null): Reason[] {
  const ratios = IMAGES.slice(1).flatMap(({ image }) => {
    const [a, b] = [slow, fast].map((platform) =>
      findSample(study, { platform, file: STARTUP, condition: WARM(image), column: COLUMN }),
    );
    if (a === undefined || b === undefined) return [];
    return [{ image, ...ratioOfStatistics(a.values, b.values, resampledMean, BOOTSTRAP) }];
  });
  const beyond = ratios.filter(
    ({ interval }) => interval !== null && ofAlpine !== null && (interval[0] > ofAlpine[1] || interval[1] < ofAlpine[0]),
  );
  if (beyond.length === 0) return [];
  const listed = beyond.map(
    ({ image, ratio, interval }) =>
      `${factor(ratio)} for ${image} (95 % CI ${interval === null ? MISSING : factorInterval(interval)})`,
  );
  return [
    {
      bearing: "limits",
      text: `the factor is that of alpine: it is ${listed.join(" and ")}`,
      numbers: Object.fromEntries(beyond.map(({ image, ratio }) => [image, ratio])),
    },
  ];
}
