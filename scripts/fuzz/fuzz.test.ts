/** The short form of `npm run test:fuzz`. */
import { expect, test } from "vitest";
import { fuzz } from "./fuzz.ts";
import { fuzzSubjects } from "./subjects.ts";

const MUTATIONS = 60;

test.each(fuzzSubjects().map((subject) => [subject.name, subject] as const))("%s", { timeout: 30_000 }, (_, subject) => {
  expect(fuzz(subject, MUTATIONS, 2).failures).toEqual([]);
});
