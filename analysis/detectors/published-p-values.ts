/**
 * p-values as they were printed. None is 0, and none lies outside 0 to 1; one that was rounded to a number of places has lost
 * what matters of it; and among many tests some are small by chance.
 */
import { holm } from "../statistics/tests/holm.ts";
import { type Finding, listed } from "./finding.ts";

/** A test and its p-value as it stands in print: `0.000000`, `1.2e-08`. */
export interface PublishedP {
  readonly test: string;
  readonly p: string;
}

const LEVEL = 0.05;
const FEWEST_DIGITS = 2;
const PRINTED = /^\d*\.?\d+(e[+-]?\d+)?$/i;

/**
 * @param experiment what the tests are about
 * @param adjusted by whatever method, for their number
 */
export const doubtPValues = (experiment: string, tests: readonly PublishedP[], adjusted: boolean): Finding[] => [
  ...printedFindings(experiment, tests),
  ...(adjusted ? [] : unadjusted(experiment, tests)),
];

function printedFindings(experiment: string, tests: readonly PublishedP[]): Finding[] {
  const impossible = tests.filter(({ p }) => !PRINTED.test(p) || Number(p) > 1);
  const zero = tests.filter(({ p }) => PRINTED.test(p) && Number(p) === 0);
  const short = tests.filter(({ p }) => PRINTED.test(p) && Number(p) > 0 && Number(p) < LEVEL && digits(p) < FEWEST_DIGITS);
  return [
    ...printed(
      experiment,
      tests.length,
      impossible,
      "printed p-values outside 0 to 1, or not a number",
      "a p-value lies between 0 and 1",
      "find out what was printed instead",
    ),
    ...printed(
      experiment,
      tests.length,
      zero,
      "p-values printed as 0, which no p-value can be",
      "a test on data never has p = 0: rounding took the digits, or the p-value is that of a resampling without the + 1",
      "print two significant digits, or p < and the bound",
    ),
    ...printed(
      experiment,
      tests.length,
      short,
      "p-values printed with fewer than two significant digits",
      "rounded to a number of places instead of digits, they are known only to a factor of up to 3",
      "print two significant digits",
    ),
  ];
}

const printed = (
  experiment: string,
  all: number,
  tests: readonly PublishedP[],
  what: string,
  why: string,
  remedy: string,
): Finding[] =>
  tests.length === 0
    ? []
    : [
        {
          detector: "implausible-p",
          severity: "caution",
          ...{ experiment, condition: tests.map(({ test }) => test).join(", "), metric: "p" },
          summary: `${experiment}: ${tests.length} of ${all} ${what}`,
          evidence: `${listed(tests.map(({ test, p }) => `${test}: ${p}`))}; ${why}`,
          ...{ remedy, rows: [], numbers: { tests: tests.length } },
        },
      ];

/** Significant digits: without leading zeros and the exponent. */
const digits = (p: string): number => (p.toLowerCase().split("e")[0] as string).replace(".", "").replace(/^0+/, "").length;

function unadjusted(experiment: string, tests: readonly PublishedP[]): Finding[] {
  const probable = tests.filter(({ p }) => PRINTED.test(p) && Number(p) <= 1);
  if (probable.length < 2) return [];
  const adjusted = holm(probable.map(({ p }) => Number(p))) as number[];
  const lost = probable.flatMap(({ test, p }, index) =>
    Number(p) <= LEVEL && (adjusted[index] as number) > LEVEL
      ? [`${test}: ${p}, adjusted ${(adjusted[index] as number).toPrecision(2)}`]
      : [],
  );
  const anyByChance = 1 - (1 - LEVEL) ** probable.length;
  return [
    {
      detector: "uncorrected-tests",
      severity: "caution",
      ...{ experiment, condition: probable.map(({ test }) => test).join(", "), metric: "p" },
      summary: `${experiment}: ${probable.length} tests, and no p-value is adjusted for their number`,
      evidence: `were there nothing to find, the chance of a p ≤ ${LEVEL} among as many independent tests is ${(100 * anyByChance).toFixed(0)} %; ${
        lost.length === 0
          ? "with Holm's adjustment all stay significant"
          : `with Holm's adjustment these are no longer significant: ${listed(lost)}`
      }`,
      remedy: "adjust within a family that is named (Holm), and report the effects with their intervals first",
      rows: [],
      numbers: { tests: probable.length, no_longer_significant: lost.length },
    },
  ];
}
