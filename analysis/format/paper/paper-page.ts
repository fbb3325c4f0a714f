/** The part of research/PAPER.md that is computed: a table of verdicts, and a line a claim. */
import type { Audit, AuditedClaim } from "../../paper/audit.ts";
import type { Bearing, Verdict } from "../../paper/reason.ts";
import { code, type Inline } from "../document/document.ts";
import { renderMarkdown } from "../document/markdown.ts";
import { dataOf, verdictTable } from "./audit-report.ts";

const [BEGIN, END] = ["<!-- computed by npm run docs:paper -->", "<!-- end of what is computed -->"];

/**
 * The page with its computed part replaced; the text around it is kept.
 * @throws Error when the page has no place for it
 */
export function withAudit(page: string, { claims }: Audit): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the page has no lines ${BEGIN} and ${END}, between which the audit goes`);
  const computed = renderMarkdown([verdictTable(claims), { kind: "list", items: claims.map(line) }]);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${computed}\n${page.slice(end)}`;
}

/**
 * Those platforms whose measurements the page has beside the study's. One that was measured since, as `scripts/reproduce` does,
 * is no reason why the page's numbers would not be reproduced.
 */
export function remeasuredOn(page: string, labels: readonly string[]): string[] {
  const named = new Set(Array.from(page.replaceAll("\\", "").matchAll(/, ([\w-]+)(?= *[;|])/g), ([, label]) => label));
  return labels.filter((label) => named.has(label));
}

const line = (claim: AuditedClaim): Inline => [
  code(claim.id),
  `, ${claim.verdict}. ${claim.claim} Data: `,
  ...dataOf(claim),
  `${claim.figure === null ? "" : `; the study's ${claim.figure}`}. Shown by `,
  code(claim.command),
  `. Why: ${decisive(claim).join("; ")}. Our view: ${claim.view}`,
];

const DECIDING: Readonly<Record<Verdict, Bearing>> = {
  reproduced: "supports",
  "arithmetic-only": "undercuts",
  refuted: "contradicts",
  "not-testable": "missing",
};

/** Those reasons that made the verdict. */
const decisive = ({ verdict, reasons }: AuditedClaim): string[] =>
  reasons.filter(({ bearing }) => bearing === DECIDING[verdict]).map(({ text }) => text);
