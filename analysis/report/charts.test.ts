import { expect, test } from "vitest";
import { inOneLine } from "./charts.ts";

test("what is said below a title goes on where it was wrapped, and marks begin anew", () => {
  expect(inOneLine(["small warm", "! caution; reasons in the caption."])).toBe("small warm · ! caution; reasons in the caption.");
  expect(inOneLine(["† trials depend on each other ·", "! caution; reasons in the caption."])).toBe(
    "† trials depend on each other · ! caution; reasons in the caption.",
  );
  expect(inOneLine(["Dashed and hollow: no verdict,", "too few sessions.", "! 2 of 3 ratios"])).toBe(
    "Dashed and hollow: no verdict, too few sessions. ! 2 of 3 ratios",
  );
});
