/** What protections cost at start, from the committed measurement of docker's flags, for research/hardening/README.md. */
import { markdownTable } from "markdown-table";
import { readPlatforms } from "../../analysis/edges/reading/read-results.ts";
import { committedResults, toolVersion } from "../../analysis/edges/repository.ts";
import { signed, signedInterval } from "../../analysis/samples/numbers.ts";
import { toSubject } from "../../analysis/subjects/to-subject.ts";
import { pairedVariants, variantDifferences } from "../../analysis/summaries/variant-differences.ts";
import type { PhaseName } from "../../research/phases.ts";
import { phaseWords } from "../../research/text/phase-words.ts";

const MEASURED = "flag-costs";

/** Variants of it that protect, in the order of the page, as they are typed. */
const PROTECTIONS = [
  ["cap-drop", "`--cap-drop ALL`"],
  ["no-new-privileges", "`--security-opt no-new-privileges`"],
  ["seccomp-none", "`--security-opt seccomp=unconfined`, against the engine's own filter"],
  ["seccomp-own", "`--security-opt seccomp=FILE` that allows all, against the same"],
  ["user", "`--user 1000:1000`"],
  ["read-only", "`--read-only`"],
  ["tmpfs", "`--tmpfs /tmp`"],
  ["memory", "`--memory 256m`"],
  ["pids", "`--pids-limit 100`"],
  ["cpus", "`--cpus 0.5`"],
  ["network-own", "`--network NAME`, a bridge of its own"],
  ["port", "`-p 127.0.0.1::80`"],
  ["log-local", "`--log-driver local`"],
  ["hardened", "capabilities, read-only, tmpfs, no-new-privileges, processes and user together"],
] as const;

/** @throws Error when a variant is not among the measured ones */
export function hardeningCosts(): string {
  const place = { resultsFolder: committedResults(), toolVersion: toolVersion() };
  const [subject] = readPlatforms([MEASURED], place, (_, error) => {
    throw error;
  }).map(toSubject);
  if (subject === undefined) throw new Error(`there is no ${MEASURED} among the results`);
  const { totals, paired } = pairedVariants(subject);
  const [first] = totals;
  if (first === undefined) throw new Error(`${MEASURED} has no variants`);
  const differences = variantDifferences(totals, paired, first.factors);
  const rows = PROTECTIONS.map(([name, typed]) => {
    const found = differences.find(({ variant }) => variant === name);
    if (found === undefined) throw new Error(`${MEASURED} has no variant ${name}`);
    const { comparison, isCertain, phases } = found;
    const where = phases.map(({ phases: of, difference_ms, difference_ci_simultaneous: ends }) => {
      const [phase, ...encloses] = of as readonly [PhaseName, ...PhaseName[]];
      const { title } = phaseWords({ phase, encloses });
      return `${title} ${signed(difference_ms)} (${signedInterval(ends)})`;
    });
    return [
      typed,
      signed(comparison.shift),
      signedInterval(comparison.shift_ci_simultaneous),
      isCertain ? "yes" : "no",
      where.join("; "),
    ];
  });
  return markdownTable([["protection", "ms", "95 % CI, jointly", "certain", "phases that differ for certain, ms"], ...rows], {
    alignDelimiters: false,
  });
}

/** The page with its table of costs replaced; the text around it is kept. */
export const withCosts = (page: string, table: string): string =>
  page.replace(/(?<=^## What each costs at start$[^|]*)^\|(?:.*\n\|)*.*$/m, () => table);
