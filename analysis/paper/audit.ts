/** Claims and a study's data → what stands, what does not, and why. Our own numbers beside them, where there are any. */
import * as z from "zod";
import { shellWord } from "../../research/text/shell-word.ts";
import type { Detector, Finding } from "../detectors/finding.ts";
import { doubtsOf } from "../detectors/findings-of.ts";
import { interval } from "../statistics/interval.ts";
import type { Subject } from "../subjects/subject.ts";
import { V3_FILES } from "../subjects/v3-files.ts";
import { type AuditedStudy, machineOf, missingData } from "./audited-study.ts";
import { type Assessment, type Claim, ownNumber } from "./claim.ts";
import { type DataNeed, dataNeed, numberOrRange, published } from "./published.ts";
import { fromFinding, type Reason, reason, VERDICTS, verdict } from "./reason.ts";
import { recomputeTable } from "./recompute-tables.ts";
import { STUDY_TABLES } from "./study-tables.ts";

/** Which publication, and where its data is published. */
export interface AuditSubject {
  readonly arxiv: string;
  readonly repository: string;
  readonly commit: string;
}

const remeasuredSchema = z.object({
  experiment: z.string(),
  what: z.string(),
  results: z
    .array(ownNumber.extend({ platform: z.string() }))
    .readonly()
    .describe("one a platform that was asked for and has it"),
  note: z.string().nullable().describe("why there is no result; null where there is one"),
});
/** A separate study: other machines, another measuring instrument. */
export type Remeasured = Readonly<z.infer<typeof remeasuredSchema>>;

const auditedClaim = z.object({
  id: z.string(),
  published,
  data: z.array(dataNeed).readonly(),
  how: z.string().describe("the estimator as published, and how it is recomputed"),
  claim: z.string(),
  recomputed: numberOrRange.nullable(),
  recomputed_ci: interval.nullable(),
  defects: z.array(z.string()).readonly().describe("found in the samples that it is recomputed from"),
  cautions: z.array(z.string()).readonly().describe("likewise: what a reader must know beside the number"),
  verdict: z.enum(VERDICTS),
  reasons: z.array(reason).readonly(),
  command: z.string().describe("shows the numbers"),
  re_measured: remeasuredSchema.nullable().describe("null where there is nothing to measure again"),
  figure: z.string().nullable(),
  view: z.string().describe("what we take to be true, as far as anybody has measured it"),
});
export type AuditedClaim = Readonly<z.infer<typeof auditedClaim>>;

const auditSchema = z.object({
  study: z.object({ arxiv: z.string(), repository: z.string(), commit: z.string() }),
  platforms: z.array(z.string()).readonly(),
  problems: z
    .array(z.string())
    .readonly()
    .describe("files that are missing, unreadable or not as published: they are named, and the audit continues"),
  claims: z.array(auditedClaim).readonly(),
});
export type Audit = Readonly<z.infer<typeof auditSchema>>;

export const AUDIT_SCHEMA = 1;
/** What `paper audit` prints as JSON; its schema is published. */
export const auditOutput = auditSchema.extend({
  schema: z.literal(AUDIT_SCHEMA).describe("rises when a field changes its name, place or meaning"),
});

export interface AuditOptions {
  readonly subject: AuditSubject;
  /** As it is to stand in the commands. */
  readonly dataFolder: string;
  /** Platforms of our own. */
  readonly ours: readonly Subject[];
}

export function audit(claims: readonly Claim[], study: AuditedStudy, { subject, dataFolder, ours }: AuditOptions): Audit {
  return {
    study: { arxiv: subject.arxiv, repository: subject.repository, commit: subject.commit },
    platforms: study.machines.map(({ platform }) => platform.label),
    problems: study.problems,
    claims: claims.map((claim) => auditClaim(claim, study, dataFolder, ours)),
  };
}

function auditClaim(claim: Claim, study: AuditedStudy, dataFolder: string, ours: readonly Subject[]): AuditedClaim {
  const { id, published, data, how, figure, view } = claim;
  const { recomputed, recomputed_ci, reasons: own } = assessed(claim, study);
  const found = findingsBehind(claim, study);
  const said = new Set(own.map(({ text }) => text));
  const doubts = found.map(({ finding, platform }) => reasonOf(finding, platform)).filter(({ text }) => !said.has(text));
  const reasons = [...own, ...doubts, ...doubtedTests(claim, study)];
  const beside = (wanted: Finding["severity"]): string[] => [
    ...new Set(
      found.flatMap(({ finding, platform }) => (finding.severity === wanted ? [`${platform}: ${finding.summary}`] : [])),
    ),
  ];
  return {
    ...{ id, claim: claim.claim, published, data, how, recomputed, recomputed_ci },
    ...{ defects: beside("defect"), cautions: beside("caution") },
    verdict: verdict(reasons),
    reasons,
    command: commandLine(claim.command, dataFolder),
    re_measured: remeasured(claim, ours),
    ...{ figure, view },
  };
}

function assessed(claim: Claim, study: AuditedStudy): Assessment {
  const missing = missingData(study, claim.data);
  if (missing.length === 0) return claim.assess(study);
  return {
    recomputed: null,
    recomputed_ci: null,
    reasons: missing.map((text) => ({ bearing: "missing", text, numbers: {} })),
  };
}

interface Found {
  readonly platform: string;
  readonly finding: Finding;
}

/** What detectors found in the very samples that the claim rests on. */
function findingsBehind({ data }: Claim, study: AuditedStudy): Found[] {
  const rests = ({ experiment, metric, condition }: Finding, need: DataNeed): boolean =>
    EXPERIMENTS.get(need.file) === experiment &&
    need.columns.includes(metric) &&
    condition.split(", ").some((each) => need.conditions.includes(each));
  return data.flatMap((need) =>
    need.platforms.flatMap((platform) =>
      (machineOf(study, platform)?.findings ?? [])
        .filter((finding) => finding.detector !== COMPARES_CONDITIONS && rests(finding, need))
        .map((finding) => ({ platform, finding })),
    ),
  );
}

/** With a defect nothing follows from the samples, a caution narrows what does. */
const reasonOf = (finding: Finding, platform: string): Reason =>
  fromFinding(finding.severity === "defect" ? "undercuts" : "limits", platform, finding);

/** What the p-values of the study's tests do not say as they are printed: certainty is lost, not the effect. */
function doubtedTests({ tests }: Claim, { machines }: AuditedStudy): Reason[] {
  const subjects = machines.map(({ subject }) => subject);
  return STUDY_TABLES.filter(({ id }) => id === tests).flatMap((table) =>
    recomputeTable(table, subjects).p_findings.map((finding) => fromFinding("limits", "the study's tests", finding)),
  );
}

/** The order of conditions matters to claims that compare them, and those ask for it themselves. */
const COMPARES_CONDITIONS: Detector = "condition-order";

const EXPERIMENTS = new Map(V3_FILES.map(({ file, experiment }) => [file, experiment]));

const commandLine = (words: readonly string[], dataFolder: string): string =>
  ["tierbench", ...words.map((word) => shellWord(word.replace("{data}", dataFolder)))].join(" ");

function remeasured({ remeasuring }: Claim, ours: readonly Subject[]): Remeasured | null {
  if (remeasuring === null) return null;
  const { experiment, what, measure } = remeasuring;
  const results = ours.flatMap((subject) => {
    const own = measure?.(subject) ?? null;
    if (own === null) return [];
    const { from, ...number } = own;
    const doubts = from.map((name) => doubtsOf(subject, name));
    const all = (kind: "defects" | "cautions"): string[] => [...new Set(doubts.flatMap((each) => each[kind]))];
    return [{ platform: subject.label, ...number, defects: all("defects"), cautions: all("cautions") }];
  });
  return { experiment, what, results, note: results.length > 0 ? null : noteFor(measure === undefined, ours.length) };
}

const noteFor = (nobodyCan: boolean, platforms: number): string =>
  nobodyCan ? "not measured yet" : platforms === 0 ? "give a platform with --with" : "not measured on these platforms yet";
