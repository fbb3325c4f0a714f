/** What protections cost at start, from committed measurements, for research/hardening/README.md. */
import { markdownTable } from "markdown-table";
import { compare } from "../../analysis/comparisons/compare.ts";
import { includesZero } from "../../analysis/comparisons/phase-differences.ts";
import { readPlatforms } from "../../analysis/edges/reading/read-results.ts";
import { committedResults, toolVersion } from "../../analysis/edges/repository.ts";
import { factor, factorInterval, signed, signedInterval } from "../../analysis/samples/numbers.ts";
import type { Interval } from "../../analysis/statistics/interval.ts";
import type { Subject } from "../../analysis/subjects/subject.ts";
import { toSubject } from "../../analysis/subjects/to-subject.ts";
import { pairedVariants, variantDifferences } from "../../analysis/summaries/variant-differences.ts";
import type { PhaseName } from "../../research/phases.ts";
import { phaseWords } from "../../research/text/phase-words.ts";

interface Variants {
  readonly label: string;
  /** Those that protect, in the order of the page, and how they are typed. */
  readonly rows: readonly (readonly [variant: string, typed: string])[];
}

const FLAGS: Variants = {
  label: "flag-costs",
  rows: [
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
  ],
};

const FILES: Variants = {
  label: "hardening-costs",
  rows: [
    ["seccomp", "[seccomp.json](seccomp.json), against the engine's own filter"],
    ["confined", "[compose.yaml](compose.yaml) without its network and port"],
    ["compose", "all of compose.yaml"],
  ],
};

const SETTINGS = [
  ["userns-remap", '`"userns-remap"`'],
  ["no-new-privileges", '`"no-new-privileges"`'],
  ["icc", '`"icc": false`'],
  ["live-restore", '`"live-restore"`'],
  ["daemon", "all of [daemon.json](daemon.json)"],
] as const;
const USUAL = `${FILES.label}-usual`;

/** Tables by the heading that each stands below. */
export const costTables = (): Readonly<Record<string, string>> => ({
  "## What each costs at start": variantCosts(FLAGS),
  "### The files together": variantCosts(FILES),
  "### Settings of the engine": settingCosts(),
});

/** The page with its tables of costs replaced; the text around them is kept. */
export const withCosts = (page: string, tables: Readonly<Record<string, string>>): string =>
  Object.entries(tables).reduce(
    (text, [heading, table]) => text.replace(new RegExp(`(?<=^${heading}$[^|]*)^\\|(?:.*\\n\\|)*.*$`, "m"), () => table),
    page,
  );

function subjectsOf(labels: readonly string[]): Subject[] {
  const place = { resultsFolder: committedResults(), toolVersion: toolVersion() };
  return readPlatforms(labels, place, (_, error) => {
    throw error;
  }).map(toSubject);
}

/** @throws Error when a variant is not among the measured ones */
function variantCosts({ label, rows: wanted }: Variants): string {
  const [subject] = subjectsOf([label]) as [Subject];
  const { totals, paired } = pairedVariants(subject);
  const [first] = totals;
  if (first === undefined) throw new Error(`${label} has no variants`);
  const differences = variantDifferences(totals, paired, first.factors);
  const rows = wanted.map(([name, typed]) => {
    const found = differences.find(({ variant }) => variant === name);
    if (found === undefined) throw new Error(`${label} has no variant ${name}`);
    const { comparison, isCertain, phases } = found;
    return [
      typed,
      signed(comparison.shift),
      signedInterval(comparison.shift_ci_simultaneous),
      isCertain ? "yes" : "no",
      phases.map(({ phases: of, difference_ms, difference_ci_simultaneous: ends }) => where(of, difference_ms, ends)).join("; "),
    ];
  });
  return table(["protection", "ms", "95 % CI, jointly", "certain", "phases that differ for certain, ms"], rows);
}

/** Engines in turns: the replicate is the session. @throws Error when an engine was not measured */
function settingCosts(): string {
  const subjects = subjectsOf([USUAL, ...SETTINGS.map(([setting]) => `${FILES.label}-${setting}`)]);
  const { comparisons } = compare(subjects, { reference: USUAL });
  const rows = SETTINGS.map(([setting, typed]) => {
    const found = comparisons.find(({ a, metric }) => a === `${FILES.label}-${setting}` && metric === "total_ms");
    const ends = found?.sessions.ratio_ci_simultaneous ?? null;
    if (found?.explained == null || ends === null) throw new Error(`${setting} cannot be compared with ${USUAL}`);
    const { sessions, verdict, explained } = found;
    const isCertain = verdict === "slower" || verdict === "faster";
    const phases = explained.phases.filter(({ difference_ci: of }) => isCertain && of !== null && !includesZero(of));
    return [
      typed,
      factor(sessions.ratio),
      factorInterval(ends),
      verdict,
      `${signed(explained.total_ms)} (${signedInterval(explained.total_ci)})`,
      phases
        .toSorted((x, y) => Math.abs(y.difference_ms) - Math.abs(x.difference_ms))
        .map(({ phases: of, difference_ms, difference_ci }) => where(of, difference_ms, difference_ci))
        .join("; "),
    ];
  });
  const header = ["setting", "ratio", "95 % CI, jointly", "verdict", "mean difference, ms (95 % CI)", "of it, where certain, ms"];
  return table(header, rows);
}

function where(phases: readonly PhaseName[], difference_ms: number, ends: Interval | null): string {
  const [phase, ...encloses] = phases as readonly [PhaseName, ...PhaseName[]];
  return `${phaseWords({ phase, encloses }).title} ${signed(difference_ms)} (${signedInterval(ends)})`;
}

const table = (header: string[], rows: string[][]): string => markdownTable([header, ...rows], { alignDelimiters: false });
