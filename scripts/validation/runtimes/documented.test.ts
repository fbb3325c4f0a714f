import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { capturedStarts, milestoneTable } from "./milestone-table.ts";

/** The first table below a heading. */
function tableBelow(heading: string): string {
  const lines = readFileSync(new URL("../../../research/method/engines.md", import.meta.url), "utf8").split("\n");
  const below = lines.slice(lines.indexOf(heading) + 1);
  const from = below.findIndex((line) => line.startsWith("|"));
  const length = below.slice(from).findIndex((line) => !line.startsWith("|"));
  return below.slice(from, from + length).join("\n");
}

it("method/engines.md says which milestones each engine and runtime shows, as captured", () => {
  expect(tableBelow("## Which milestones each shows")).toBe(milestoneTable(capturedStarts()));
});
