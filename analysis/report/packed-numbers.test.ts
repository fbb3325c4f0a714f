import fc from "fast-check";
import { expect, test } from "vitest";
import { packed, unpacked } from "./packed-numbers.ts";

test("whole numbers come back as they were", () => {
  const numbers = fc.array(fc.maxSafeInteger(), { minLength: 1 });
  fc.assert(
    fc.property(numbers, (given) => {
      expect(unpacked(packed(given))).toEqual(given);
    }),
  );
});
