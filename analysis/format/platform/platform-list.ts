/** The platforms of a folder, and one of them, for people. */
import type { Session } from "../../../research/manifest.ts";
import { whyPathTable } from "../../../research/tables/why-path.ts";
import { plain } from "../../../research/text/screen/screen.ts";
import { fitted } from "../../../research/text/screen/table.ts";
import { shown, type Terminal } from "../../../research/text/screen/terminal.ts";
import type { Source } from "../../subjects/platform.ts";
import type { Subject } from "../../subjects/subject.ts";
import type { ValidatedPlatform } from "../../validation/problem.ts";
import { type Block, left, right } from "../document/document.ts";
import { type Page, renderText } from "../document/text.ts";

/** A line a platform, as wide as the terminal; what a cell does not say was not read. */
export function renderPlatforms(sources: readonly Source[], terminal: Terminal): string {
  const lines = fitted(
    [
      { title: "label", align: "left", least: 20 },
      { title: "format", align: "left", drop: 2 },
      { title: "sessions", align: "right", drop: 4 },
      { title: "experiments", align: "right", drop: 3 },
      { title: "rows", align: "right" },
      { title: "engine", align: "left", least: 8 },
      { title: "checksums", align: "left", drop: 1 },
    ],
    sources.map((source) => cellsOf(source).map(plain)),
    terminal.columns,
    0,
  );
  return shown(`${lines.join("\n")}\n`, terminal);
}

function cellsOf(source: Source): string[] {
  if (!("manifest" in source)) {
    const read = source.files.flatMap(({ content }) => ("problem" in content ? [] : [content]));
    const rows = read.reduce((sum, content) => sum + content.rows, 0);
    return [source.label, "v3", "–", `${read.length}`, `${rows}`, source.facts.engine ?? "–", "–"];
  }
  const { label, manifest, experiments } = source;
  const read = experiments.flatMap(({ content }) => ("problem" in content ? [] : [content]));
  const engines = [...new Set(manifest.sessions.map(({ engine }) => engine.server))].join(", ");
  const sealed = manifest.sessions.every(({ seal }) => seal !== undefined) ? "yes" : "no";
  const rows = read.reduce((sum, { census }) => sum + census.rows, 0) + pathRows(manifest.sessions);
  return [label, "tierbench", `${manifest.sessions.length}`, `${read.length}`, `${rows}`, engines, sealed];
}

/** Of the table beside why.csv, which is not read here: as many as the sessions have sealed. */
const pathRows = (sessions: readonly Session[]): number =>
  sessions.reduce((sum, { seal }) => sum + (seal?.tables[whyPathTable.name]?.rows ?? 0), 0);

/** What it was measured on, what was measured, and whether its tables have checksums. */
export function renderPlatform(
  { label, facts, source, caveats }: Subject,
  { tables, folder }: ValidatedPlatform,
  page: Page,
): string {
  const sessions = "manifest" in source ? source.manifest.sessions : [];
  const blocks: Block[] = [
    { kind: "heading", text: label },
    { kind: "table", caption: folder, columns: [left("what"), left("value")], rows: Object.entries(facts) },
    ...(sessions.length === 0
      ? []
      : [
          {
            kind: "table" as const,
            caption: "Sessions",
            columns: [right("session"), left("started"), left("ending"), left("seed"), left("checksums made")],
            rows: sessions.map(({ session, started, ending, seed, seal }) => [
              ...[`${session}`, started, ending ?? "none: killed, or still running", `${seed}`, seal?.made ?? "no"],
            ]),
          },
        ]),
    {
      kind: "table",
      caption: "Tables",
      columns: [left("file"), right("rows"), left("SHA-256")],
      rows: tables.map(({ file, rows, sha256 }) => [file, `${rows}`, sha256]),
    },
    ...(caveats.length === 0 ? [] : [{ kind: "list" as const, items: caveats.map((caveat) => [caveat]) }]),
  ];
  return renderText(blocks, page);
}
