import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { renderDataDictionary } from "./data-dictionary.ts";

it("DATA.md is what the declarations say (else: npm run docs:data)", () => {
  expect(readFileSync(new URL("DATA.md", import.meta.url), "utf8")).toBe(renderDataDictionary());
});
