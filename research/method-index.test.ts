import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { withExperimentIndex } from "./method-index.ts";
import { EXPERIMENTS } from "./protocol.ts";

const page = (name: string): string => readFileSync(new URL(`method/${name}`, import.meta.url), "utf8");

describe("the method's index", () => {
  it("lists every experiment: run `npm run docs:data` when this fails", () => {
    expect(withExperimentIndex(page("README.md"))).toBe(page("README.md"));
  });
  it("replaces its table and keeps the text around it", () => {
    const written = withExperimentIndex("## Experiments\n\nBefore.\n\n| obsolete |\n|---|\n| table |\n\nAfter.\n");
    expect(written).toMatch(/^## Experiments\n\nBefore\.\n\n\| experiment \| question \|\n/);
    expect(written).toMatch(new RegExp(`\\(experiments\\.md#${EXPERIMENTS.at(-1)}\\) .*\\|\n\nAfter\\.\n$`));
    expect(written).not.toContain("obsolete");
  });
});

test.each(EXPERIMENTS)("experiments.md has a section on %s, with every heading", (name) => {
  const sections = page("experiments.md").split(/^## /m);
  const section = sections.find((text) => text.startsWith(`${name}\n`));
  const headings = [...(section ?? "").matchAll(/^\*\*([A-Z][^*]+)\.\*\*/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(["Question", "Trial", "Instrument", "Threats", "In the study"]);
});
