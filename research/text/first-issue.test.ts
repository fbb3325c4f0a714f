import { expect, test } from "vitest";
import * as z from "zod";
import { firstIssue } from "./first-issue.ts";

const said = (value: unknown): string | undefined => {
  const { error } = z.strictObject({ count: z.number() }).safeParse(value);
  return error && firstIssue(error);
};

test("the first issue is told by its field, in words", () => {
  expect(said({ count: 1 })).toBeUndefined();
  expect(said({})).toBe("count: missing, expected number");
  expect(said(JSON.parse('{"count":1e400}'))).toBe("count: Invalid input: expected number, received one that is too large");
});
