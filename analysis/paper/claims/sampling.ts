/** What the study says about its own sampling: 50 iterations a test, and z intervals from 30 on. */
import { pct } from "../../samples/numbers.ts";
import { tCoverage } from "../../statistics/one-sample/t-coverage.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import { V3_FILES } from "../../subjects/v3-files.ts";
import { factorFor } from "../as-published.ts";
import { type AuditedStudy, machineOf, measurementsOf } from "../audited-study.ts";
import type { Assessment, Claim } from "../claim.ts";
import type { DataNeed } from "../published.ts";
import { fromFinding, type Reason } from "../reason.ts";
import { ABSTRACT, DATA, PLATFORMS, STUDY_README } from "./study.ts";

const publishedIterations = {
  text: "50 iterations a test",
  value: 50,
  unit: "iterations",
  decimals: 0,
  source: ABSTRACT,
} as const;
const publishedLevel = {
  text: "95 % intervals by z from n = 30 on",
  value: 95,
  unit: "%",
  decimals: 0,
  source: STUDY_README,
} as const;

/** Every file, whatever its conditions. */
const everything: DataNeed[] = V3_FILES.map(({ file }) => ({ file, columns: [], conditions: [], platforms: PLATFORMS }));

const everyCommand = ["paper", "tables", "--data", DATA];

export const iterations: Claim = {
  id: "iterations",
  claim: "Every test was executed 50 times on every platform.",
  published: publishedIterations,
  data: everything,
  how: "Counted: the rows with a number, for every platform, file and condition.",
  assess: assessIterations,
  figure: null,
  command: everyCommand,
  remeasuring: null,
  view: "The tests behind the headline numbers have 50 trials. Cold starts and pulls have fewer, as the study's repository says for pulls.",
};

export const zIntervals: Claim = {
  id: "z-intervals",
  claim:
    "From 30 trials on, mean ± 1.96 standard errors covers the mean in 95 % of cases; below, so do the constants used there.",
  published: publishedLevel,
  data: everything,
  how: "Published: 1.96 from n = 30 on, 2.045 from 20, 2.262 from 10, in analyze_results.py. Recomputed: what these cover for independent normal observations, by Student's t, at each n there is; and a test of independence (Ljung-Box, Holm over all of a platform).",
  assess: assessIntervals,
  figure: null,
  command: everyCommand,
  remeasuring: null,
  view: "The constants cost half a point of coverage, which is little. Dependent trials cost more, and no constant fixes that.",
};

interface Counted {
  readonly platform: string;
  readonly measured: Measurement;
}

/** One a condition: the columns of a file have the same rows. */
const conditions = (study: AuditedStudy): Counted[] =>
  PLATFORMS.flatMap((platform) =>
    V3_FILES.flatMap(({ file }) => {
      const all = measurementsOf(study, platform, file);
      return all.filter(({ metric }) => metric === all[0]?.metric).map((measured) => ({ platform, measured }));
    }),
  );

function assessIterations(study: AuditedStudy): Assessment {
  const all = conditions(study);
  const counts = all.map(({ measured }) => measured.values.length);
  const others = new Map<string, { n: number; conditions: number }>();
  for (const { measured } of all) {
    const n = measured.values.length;
    if (n === publishedIterations.value) continue;
    const test = `${measured.experiment}${measured.factors.mode === undefined ? "" : ` ${measured.factors.mode}`}`;
    const key = `${n} ${test}`;
    others.set(key, { n, conditions: (others.get(key)?.conditions ?? 0) + 1 });
  }
  const as_published = counts.filter((n) => n === publishedIterations.value).length;
  const exceptions = [...others].map(
    ([key, { n, conditions: times }]) => `${n} in ${key.slice(`${n} `.length)} (${times} condition${times === 1 ? "" : "s"})`,
  );
  return {
    recomputed: [Math.min(...counts), Math.max(...counts)],
    recomputed_ci: null,
    reasons: [
      {
        bearing: as_published === counts.length ? "supports" : "contradicts",
        text: `${as_published} of ${counts.length} conditions have ${publishedIterations.value} trials${exceptions.length === 0 ? "" : `; the others have ${exceptions.join(", ")}`}`,
        numbers: { as_published, conditions: counts.length, ...Object.fromEntries([...others].map(([key, { n }]) => [key, n])) },
      },
      withoutGaps(all),
    ],
  };
}

function withoutGaps(all: readonly Counted[]): Reason {
  const measured = all.filter((each) => each.measured.values.length > 0);
  const whole = measured.filter((each) => gapless(each.measured)).length;
  return {
    bearing: whole === measured.length ? "supports" : "limits",
    text: `in ${whole} of ${measured.length} measured conditions the iterations follow each other without a gap: ${whole === measured.length ? "none was left out" : "some were left out"}`,
    numbers: { whole, measured: measured.length },
  };
}

/** Iterations are numbered from 1: one left out would leave a gap. */
const gapless = ({ blocks }: Measurement): boolean => blocks.every((block, index) => block === index + 1);

/** In points of coverage: what no reader would act on. */
const TOLERATED_PCT = 1;

function assessIntervals(study: AuditedStudy): Assessment {
  const all = conditions(study).filter(({ measured }) => measured.values.length >= 10);
  const sizes = [...new Set(all.map(({ measured }) => measured.values.length))].sort((a, b) => b - a);
  const covered = sizes.map((n) => {
    const used = factorFor(n);
    return { n, used, coverage_pct: 100 * tCoverage(used, n) };
  });
  const coverages = covered.map(({ coverage_pct }) => coverage_pct);
  const right = coverages.every((coverage) => Math.abs(coverage - publishedLevel.value) <= TOLERATED_PCT);
  return {
    recomputed: [Math.min(...coverages), Math.max(...coverages)],
    recomputed_ci: null,
    reasons: [
      {
        bearing: right ? "supports" : "contradicts",
        text: `for independent normal trials the constants cover ${covered.map(({ n, used, coverage_pct }) => `${pct(coverage_pct)} % (${used} at n = ${n})`).join(", ")}`,
        numbers: Object.fromEntries(covered.map(({ n, coverage_pct }) => [`n = ${n}`, coverage_pct])),
      },
      ...independence(study, all.length),
    ],
  };
}

function independence(study: AuditedStudy, tested: number): Reason[] {
  const findings = PLATFORMS.flatMap((platform) =>
    (machineOf(study, platform)?.findings ?? [])
      .filter(({ detector }) => detector === "dependent-trials")
      .map((finding) => fromFinding("undercuts", platform, finding)),
  );
  if (findings.length > 0) return findings;
  const text = `no condition's trials are seen to depend on those before them (${tested} conditions, Ljung-Box, Holm by platform)`;
  return [{ bearing: "supports", text, numbers: { tested } }];
}
