import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { METHOD_SECTIONS } from "./method-sections.ts";

test.each(Object.entries(METHOD_SECTIONS))("the method of %s has its section, %s", (_, section) => {
  const [page, anchor] = section.split("#");
  const headings = readFileSync(new URL(`method/${page}`, import.meta.url), "utf8").match(/^#+ .*$/gm) ?? [];
  expect(headings.map((heading) => heading.replace(/^#+ /, ""))).toContain(anchor);
});
