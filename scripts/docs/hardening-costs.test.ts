import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hardeningCosts, withCosts } from "./hardening-costs.ts";

const page = readFileSync(new URL("../../research/hardening/README.md", import.meta.url), "utf8");

test("the page on hardening has the costs as they were measured: run `npm run docs:data` when this fails", () => {
  expect(withCosts(page, hardeningCosts())).toBe(page);
  // A number that was not measured is found.
  expect(withCosts(page.replace(/\d\.\d \|/, "0.0 |"), hardeningCosts())).toBe(page);
});
