import { expect, test } from "vitest";
import { captionOf, drawn, keyOf, panelsOf } from "../../testing/drawn.ts";
import { variantsSubject } from "../../testing/variants.ts";
import { variantDifferencesFigure } from "./variant-differences.ts";

test("a caution that all variants have is marked once, above them, and not at every row", () => {
  const drawing = drawn(variantDifferencesFigure, [variantsSubject("here", { base: 1, init: 1.2 })]);
  expect(captionOf(drawing)).toContain("Caution: here: startup: conditions take turns, but always in the same order");
  expect(keyOf(drawing)).toBe("All: ! caution; reasons in the caption.");
  expect(JSON.stringify(panelsOf(drawing))).not.toMatch(/\d !"/);
});
