/** `paper audit`: one line a claim, then every claim with its reasons. */
import { AUDIT_SCHEMA, type Audit, type AuditedClaim, type Remeasured } from "../../paper/audit.ts";
import type { NumberOrRange } from "../../paper/published.ts";
import type { Bearing } from "../../paper/reason.ts";
import { factor, MISSING } from "../../samples/numbers.ts";
import type { Interval } from "../../statistics/interval.ts";
import { type Block, besides, code, type Inline, left, right } from "../document/document.ts";
import { renderMarkdown } from "../document/markdown.ts";
import { type Page, renderText } from "../document/text.ts";

export const AUDIT_FORMATS = ["text", "markdown", "json"] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];

/** The whole output, with its line end. */
export function renderAudit(audit: Audit, format: AuditFormat, page?: Page): string {
  switch (format) {
    case "text":
      return renderText(report(audit), page);
    case "markdown":
      return renderMarkdown(report(audit));
    case "json":
      return `${JSON.stringify({ schema: AUDIT_SCHEMA, ...audit }, null, 2)}\n`;
    default:
      throw format satisfies never;
  }
}

const report = (audit: Audit): Block[] => [
  { kind: "paragraph", text: [headline(audit)] },
  ...(audit.problems.length === 0
    ? []
    : ([
        { kind: "paragraph", text: ["Missing, or not as published:"] },
        { kind: "list", items: audit.problems.map((problem) => [problem]) },
      ] satisfies Block[])),
  verdictTable(audit.claims),
  ...audit.claims.flatMap(claimReport),
  { kind: "list", items: AUDIT_NOTES },
];

function headline({ study, claims }: Audit): string {
  const tally = [...new Set(claims.map(({ verdict }) => verdict))].map(
    (verdict) => `${claims.filter((claim) => claim.verdict === verdict).length} ${verdict}`,
  );
  return `arXiv:${study.arxiv}, recomputed from its own data (${study.repository} at ${study.commit.slice(0, 12)}): of ${claims.length} claims ${tally.join(", ")}.`;
}

/** Also in research/PAPER.md. */
export function verdictTable(claims: readonly AuditedClaim[]): Block {
  const isMeasured = claims.some(({ re_measured }) => (re_measured?.results.length ?? 0) > 0);
  return {
    kind: "table",
    caption: `Published, and recomputed from the published data${isMeasured ? ", and measured by us on other machines" : "; --with LABEL adds what a platform of ours measured"}`,
    columns: [
      ...[left("claim"), left("published"), right("recomputed"), besides("95 % CI"), left("verdict")],
      ...(isMeasured ? [left("re-measured")] : []),
    ],
    rows: claims.map(({ id, published, recomputed, recomputed_ci, verdict, re_measured }) => [
      ...[id, published.text, numberOrRange(recomputed), ends(recomputed_ci), verdict],
      ...(isMeasured ? [own(re_measured)] : []),
    ]),
  };
}

const claimReport = (claim: AuditedClaim): Block[] => [
  { kind: "heading", text: `${claim.id}: ${claim.verdict}` },
  { kind: "paragraph", text: [claim.claim] },
  {
    kind: "list",
    items: [
      [
        `published: ${claim.published.text} (${claim.published.source}${claim.figure === null ? "" : `; figure ${claim.figure}`})`,
      ],
      ["data: ", ...dataOf(claim)],
      [`how: ${claim.how}`],
      ["command: ", code(claim.command)],
      ...claim.reasons.map(
        ({ bearing, text, evidence }): Inline => [`${WORDS[bearing]}: ${text}${evidence === undefined ? "" : ` (${evidence})`}.`],
      ),
      remeasuring(claim),
      [`our view: ${claim.view}`],
    ],
  },
];

const WORDS: Readonly<Record<Bearing, string>> = {
  supports: "for it",
  limits: "narrows it",
  undercuts: "does not follow",
  contradicts: "against it",
  missing: "missing",
};

/** Names from the study's files, each once. */
export function dataOf({ data }: Pick<AuditedClaim, "data">): Inline {
  const files = [...new Set(data.map(({ file }) => file))];
  const columns = [...new Set(data.flatMap((need) => need.columns))];
  const platforms = [...new Set(data.flatMap((need) => need.platforms))];
  const inline: Inline =
    files.length > 3 ? [`all ${files.length} files`] : files.flatMap((file, index) => [index === 0 ? "" : ", ", code(file)]);
  return [...inline, ...(columns.length === 0 ? [] : [`, ${columns.join(", ")}`]), ` of ${platforms.join(", ")}`];
}

const numberOrRange = (value: NumberOrRange | null): string =>
  value === null ? MISSING : typeof value === "number" ? number(value) : value.map(number).join("–");

/** Counts are whole, everything else has three digits. */
const number = (value: number): string => (Number.isInteger(value) ? value.toString() : factor(value));

const ends = (interval: Interval | null): string => (interval === null ? MISSING : numberOrRange(interval));

function own(remeasured: Remeasured | null): string {
  if (remeasured === null) return MISSING;
  const { results, note, experiment } = remeasured;
  if (note !== null) return `${experiment}: ${note}`;
  return results
    .map(({ platform, value, ci, unit }) => `${number(value)} ${unit}${ci === null ? "" : ` (${ends(ci)})`}, ${platform}`)
    .join("; ");
}

function remeasuring({ re_measured }: AuditedClaim): Inline {
  if (re_measured === null) return ["tested by: nothing is measured for it, it concerns the study's own sampling"];
  const { experiment, what, results, note } = re_measured;
  const outcome =
    note ??
    results
      .map(
        ({ platform, value, ci, unit, text, defects, cautions }) =>
          `${number(value)} ${unit}${ci === null ? "" : ` (95 % CI ${ends(ci)})`} on ${platform}, ${text}${doubts("defect", defects)}${doubts("caution", cautions)}`,
      )
      .join("; ");
  return ["tested by our experiment ", code(experiment), `: ${what}; ${outcome}`];
}

const doubts = (kind: string, texts: readonly string[]): string => (texts.length === 0 ? "" : ` (${kind}: ${texts.join("; ")})`);

/** What the words mean; also in research/PAPER.md. */
const AUDIT_NOTES: readonly Inline[] = [
  [
    "Verdicts: ",
    code("reproduced"),
    " the number is in the data and nothing found in them speaks against what it is taken to show; ",
    code("arithmetic-only"),
    " the number is right, but the stated conclusion does not follow from it; ",
    code("refuted"),
    " the data say otherwise; ",
    code("not-testable"),
    " data are missing. They come from the reasons by one rule: the heaviest decides.",
  ],
  [
    "Terms as in ACM's Artifact Review and Badging 1.1: repeatability is the same team with the same setup, reproducibility another team with the same setup (for computations: with the author's artifacts), replicability another team with another setup. This audit reproduces computations from the author's data and takes no new measurements; our own measurements are a separate study, on other machines and with another instrument, and could replicate a result, not reproduce it.",
  ],
  ["Startup is not the same quantity in both studies: theirs ends when docker run has returned, ours when the entrypoint acts."],
];
