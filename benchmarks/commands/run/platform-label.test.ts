import { expect, test } from "vitest";
import { namedOrNew } from "./platform-label.ts";

const now = new Date(2026, 10, 6, 4, 3, 2);

test("a platform that is not named has the date and the time for a name", () => {
  expect(namedOrNew({ platform: undefined, append: false, resume: false }, now)).toEqual(["local-20261106-040302"]);
  expect(namedOrNew({ platform: ["a=x", "b=y"], append: true, resume: false }, now)).toEqual(["a=x", "b=y"]);
  expect(() => namedOrNew({ platform: undefined, append: true, resume: false }, now)).toThrow(/name it with --platform LABEL/);
});
