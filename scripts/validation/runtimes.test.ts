import { readdirSync, readFileSync } from "node:fs";
import { markdownTable } from "markdown-table";
import { expect, it } from "vitest";
import { parseCapturedStarts } from "../../benchmarks/captured-start.ts";
import { timeline } from "../../benchmarks/timeline.ts";
import { TRACE_RESOLUTION_NS } from "../../benchmarks/trace-line.ts";
import { MILESTONE_NAMES, MILESTONES } from "../../research/milestones.ts";

const captured = new URL("../../benchmarks/fixtures/captured/", import.meta.url);
const files = readdirSync(captured).sort();

/** In how many of its captured starts each combination shows a milestone: all, none, or a number. */
function table(): string {
  const starts = files.map((file) =>
    parseCapturedStarts(readFileSync(new URL(file, captured), "utf8"), file).map(
      (start) => timeline(start, TRACE_RESOLUTION_NS).milestones,
    ),
  );
  const kernel = MILESTONE_NAMES.filter((name) => MILESTONES[name].probes[0] === "tracefs");
  const rows = kernel.map((name) => [
    name,
    ...starts.map((of) => {
      const seen = of.filter((milestones) => name in milestones).length;
      return seen === of.length ? "yes" : seen === 0 ? "–" : `${seen} of ${of.length}`;
    }),
  ]);
  return markdownTable([
    ["milestone", ...files.map((file) => file.replace(/^docker|\.json$/g, "").replaceAll("-", " "))],
    ...rows,
  ]);
}

/** The first table below a heading. */
function tableBelow(heading: string): string {
  const lines = readFileSync(new URL("../../research/METHOD.md", import.meta.url), "utf8").split("\n");
  const below = lines.slice(lines.indexOf(heading) + 1);
  const from = below.findIndex((line) => line.startsWith("|"));
  const length = below.slice(from).findIndex((line) => !line.startsWith("|"));
  return below.slice(from, from + length).join("\n");
}

it("METHOD.md says which milestones each engine and runtime shows, as captured", () => {
  expect(tableBelow("### Runtimes and engines")).toBe(table());
});
