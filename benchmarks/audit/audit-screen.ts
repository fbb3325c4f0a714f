/** What `audit` prints where nothing else is asked for: counts, then each kind of finding with where it is, the worst first. */
import { count } from "../../research/text/count.ts";
import { hanging } from "../../research/text/screen/fit.ts";
import { atMost, linesOf, plain, renderScreen, type Section } from "../../research/text/screen/screen.ts";
import type { Terminal } from "../../research/text/screen/terminal.ts";
import type { AuditOutput, Finding } from "./audit-output.ts";
import { SEVERITIES, type Severity } from "./severity.ts";

/** Findings of one kind and severity. */
interface Group {
  readonly severity: Severity;
  readonly findings: readonly [Finding, ...Finding[]];
}

const LINES_OF_PLACES = 2;

export function auditScreen(output: AuditOutput, terminal: Terminal): string {
  const { columns } = terminal;
  const answer = summary(output).flatMap((sentence) => hanging("", plain(sentence), columns));
  const notes = unseenLines(output, columns);
  const last = ["  more: --full · for programs: --format json or sarif · a gate: --fail-on high"];
  const room = terminal.lines - linesOf([answer, notes, last]) - 1;
  return renderScreen([answer, ...fitting(groupsOf(output.findings), columns, room), notes, last], terminal);
}

const all = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;

function summary({ counts, findings, looked_at }: AuditOutput): string[] {
  const places = `the engine, ${count(looked_at.containers, "running container")} and ${count(looked_at.images, "image")}`;
  if (findings.length === 0) return [`Nothing found in ${places}.`];
  const found = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) => `${counts[severity]} ${severity}`);
  const [worst] = findings as [Finding];
  return [
    `${all(found)} in ${places}. The worst: ${worst.title}, ${worst.target.kind === "engine" ? worst.seen : worst.target.name}.`,
  ];
}

/** In the order of the findings. */
function groupsOf(findings: readonly Finding[]): Group[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.check}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [finding]);
    else known.push(finding);
  }
  return [...groups.values()].map((group) => ({ severity: group[0].severity, findings: group }));
}

/** With as many remedies as there is room for: those of the worst stay longest. */
function fitting(groups: readonly Group[], columns: number, room: number): Section[] {
  for (let advised: number = SEVERITIES.length; advised >= 0; advised -= 1) {
    const sections = sectionsOf(groups, SEVERITIES.slice(0, advised), columns);
    if (linesOf(sections) <= room) return sections;
  }
  const lines = groups.flatMap((group) => groupLines(group, false, columns, 1).map((line) => `${line}`));
  const marked = lines.map((line, index) => `${(groups[index] as Group).severity.padEnd(8)}${line}`);
  return [atMost(marked, room, (left) => `        ${count(left, "more kind")} of finding: --full`)];
}

const sectionsOf = (groups: readonly Group[], advised: readonly Severity[], columns: number): Section[] =>
  SEVERITIES.map((severity) => {
    const own = groups.filter((group) => group.severity === severity);
    const lines = own.flatMap((group) => groupLines(group, advised.includes(severity), columns, LINES_OF_PLACES));
    return lines.length === 0 ? [] : [severity, ...lines];
  });

function groupLines({ findings }: Group, withRemedy: boolean, columns: number, most: number): string[] {
  const [{ title, remedy, check }] = findings;
  const where = findings.map(({ target, seen }) => (target.kind === "engine" ? seen : target.name));
  // What each says beside the title is worth a line where it is one alone.
  const [only] = findings;
  const detail = findings.length === 1 && only.target.kind !== "engine" ? ` (${only.seen})` : "";
  const line = hanging("  ", plain(`${title}: ${[...new Set(where)].join(", ")}${detail}`), columns, most);
  // Each way out has its own, with the version.
  return withRemedy && check !== "known-escapes" ? [...line, ...hanging("      ", plain(remedy), columns, 1)] : line;
}

/** Each reason once. */
function unseenLines({ unseen }: AuditOutput, columns: number): string[] {
  const reasons = new Map<string, string[]>();
  for (const { check, target, reason } of unseen) reasons.set(reason, [...(reasons.get(reason) ?? []), check ?? target.name]);
  return [...reasons]
    .slice(0, 2)
    .flatMap(([reason, what]) => hanging("  ! ", plain(`not looked at: ${what.join(", ")} (${reason})`), columns, 2));
}
