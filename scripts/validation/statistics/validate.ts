/**
 * Do the statistics keep their promises? `npm run validate:statistics [-- --quick]`: how often each interval holds a truth
 * that is known, from trials, shares and sessions; how often a suite without a defect gets a finding; and how often `compare` finds a
 * difference between two halves of one platform. Prints Markdown.
 */
import { markdownTable } from "markdown-table";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { readPlatforms } from "../../../analysis/edges/reading/read-results.ts";
import { committedResults, toolVersion } from "../../../analysis/edges/repository.ts";
import { CONFIDENCE } from "../../../analysis/statistics/interval.ts";
import type { Subject } from "../../../analysis/subjects/subject.ts";
import { toSubject } from "../../../analysis/subjects/to-subject.ts";
import { cleanSuites } from "./clean-suites.ts";
import { type Coverage, coverages, standardError } from "./coverage.ts";
import { type Design, REPLICATES } from "./design.ts";
import { falsePositives, SPLITS_IN_ORDER, smallestPs } from "./false-positives.ts";
import { inOrder } from "./in-order.ts";
import { inSessions } from "./in-sessions.ts";
import { independent } from "./independent.ts";
import { POPULATIONS } from "./populations.ts";
import { SCENARIOS, SHARE_SHAPES, STATEMENTS, sessionCoverage, shareCoverage } from "./session-coverage.ts";

const { seed, quick, platform } = await yargs(hideBin(process.argv))
  .option("seed", { type: "number", default: 1 })
  .option("quick", { type: "boolean", default: false, describe: "A tenth of the repetitions" })
  .option("platform", { type: "string", default: "debian12-docker20", describe: "Whose trials are split into halves" })
  .strict()
  .parseAsync();

const part = quick ? 0.1 : 1;
const repetitions = { plain: 2_000 * part, resampling: 1_000 * part };
const splits = 1_000 * part;
const began = process.hrtime.bigint();

const CORRELATIONS = [0, 0.3, 0.5, 0.7];
const LENGTHS = [20, 50, 100];
const SESSIONS = [1, 2, 3, 5, 10];
const SHARE_SIZES = [3, 5, 10, 20, 50];

const percent = (share: number, digits = 1): string => (100 * share).toFixed(digits);

/** Bold where it is below what it claims by more than chance explains. */
function coverageCell(share: number | null, count: number): string {
  if (share === null) return "none";
  return share < CONFIDENCE - 3 * standardError(count) ? `**${percent(share)}**` : percent(share);
}

const coverageRow = ({ interval, n, repetitions: count, shares }: Coverage): string[] => [
  interval,
  String(n),
  ...shares.map((share) => coverageCell(share, count)),
];

function printCoverage<Data>(design: Design<Data>, sizes?: readonly number[]): void {
  const header = ["interval", "n", ...POPULATIONS.map(({ name }) => name)];
  const rows = coverages(design, POPULATIONS, repetitions, seed, sizes).map(coverageRow);
  console.log(`\n**Observations ${design.name}**\n`);
  console.log(markdownTable([header, ...rows], { align: header.map((_, column) => (column === 0 ? "l" : "r")) }));
}

/** The warm conditions only: the cold ones have fewer trials. */
function warmHalf(label: string): Subject {
  const [read] = readPlatforms([label], { resultsFolder: committedResults(), toolVersion: toolVersion() }, (_, error) => {
    throw error;
  });
  if (read === undefined) throw new Error(`no platform ${label}`);
  const subject = toSubject(read);
  return { ...subject, measurements: subject.measurements.filter(({ condition }) => condition.endsWith(" warm")) };
}

function printFalsePositives(subject: Subject): void {
  const header = ["family", "conditions", "n = m", "p < 0.05", "Brunner-Munzel", "ratio ≠ 1", "δ ≠ 0", "Holm, any in the family"];
  const rows = falsePositives(subject, splits, seed).map((found) => [
    found.family,
    String(found.conditions),
    [...new Set(found.sizes)].join("–"),
    percent(found.mannWhitney),
    percent(found.brunnerMunzel),
    percent(found.ratioLeavesOutOne),
    percent(found.deltaLeavesOutZero),
    percent(found.familyWise),
  ]);
  console.log(
    `\n**${subject.label} against itself**: ${splits} random splits of each warm condition's trials into halves, in %;`,
  );
  console.log(`Monte-Carlo standard error ${percent(standardError(splits), 2)} for the last column\n`);
  console.log(markdownTable([header, ...rows], { align: header.map((_, column) => (column === 0 ? "l" : "r")) }));
  console.log("\nIn order of collection, smallest p after Holm in each family:");
  for (const [name, half] of Object.entries(SPLITS_IN_ORDER)) {
    const ps = smallestPs(subject, half).map(({ family, p }) => `${family} ${p.toPrecision(2)}`);
    console.log(`- ${name}: ${ps.join(", ")}`);
  }
}

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdownTable(
    [header, ...rows].map((row) => [...row]),
    { align: header.map((_, column) => (column === 0 ? "l" : "r")) },
  );

function printSessions(): void {
  const rows = SCENARIOS.flatMap((scenario) =>
    SESSIONS.map((k) => [
      scenario.name,
      String(k),
      ...sessionCoverage(scenario, k, repetitions.plain, seed + k).map((share) => coverageCell(share, repetitions.plain)),
    ]),
  );
  console.log("\n**Platforms in k sessions of 10 trials a side, lognormal with 10 % scatter within a session, no difference**\n");
  console.log(table(["sessions", "k", ...STATEMENTS], rows));
  const shares = SHARE_SIZES.map((n) => [
    String(n),
    ...SHARE_SHAPES.map((shape) => coverageCell(shareCoverage(shape, n, repetitions.plain, seed + n), repetitions.plain)),
  ]);
  console.log("\n**Share of a part in a whole, ratio of means with Fieller's interval**\n");
  console.log(table(["n", ...SHARE_SHAPES], shares));
}

function printCleanSuites(): void {
  const { suites, withFinding, by } = cleanSuites(500 * part, seed);
  console.log(`\n**Clean suites**: ${withFinding} of ${suites} have a finding (${percent(withFinding / suites)} %)\n`);
  console.log(
    table(
      ["detector", "suites"],
      [...by].filter(([, count]) => count > 0).map(([name, count]) => [name, String(count)]),
    ),
  );
}

console.log(
  `Coverage in % of intervals that claim ${100 * CONFIDENCE} %, seed ${seed}: ${repetitions.plain} repetitions, Monte-Carlo`,
);
console.log(
  `standard error ${percent(standardError(repetitions.plain), 2)}; bootstraps (B = ${REPLICATES}) ${repetitions.resampling}, ${percent(standardError(repetitions.resampling), 2)}. **Bold**: more than three of them`,
);
console.log("below the claim. none: no such interval at that size. Two samples: n = m.");
printCoverage(independent);
for (const correlation of CORRELATIONS) printCoverage(inOrder(correlation), LENGTHS);
printCoverage(inSessions);
printSessions();
printCleanSuites();
printFalsePositives(warmHalf(platform));
console.error(`${(Number(process.hrtime.bigint() - began) / 1e9).toFixed(0)} s`);
