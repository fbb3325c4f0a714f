/** The short forms of `npm run test:fuzz` and of `commands.faults.test.ts`. */
import { expect, test } from "vitest";
import { tierbenchHere } from "../testing/command.ts";
import { fuzzCommands } from "./commands.ts";
import { fuzz } from "./fuzz.ts";
import { fuzzSubjects, oursAndTheirs } from "./subjects.ts";

const MUTATIONS = 60;
const COMMANDS = 6;

test.each(fuzzSubjects().map((subject) => [subject.name, subject] as const))("%s", { timeout: 30_000 }, (_, subject) => {
  expect(fuzz(subject, MUTATIONS, 2).failures).toEqual([]);
});

test.each(oursAndTheirs())("whole commands on %s", { timeout: 120_000 }, async (_, subjects) => {
  expect(await fuzzCommands(subjects, tierbenchHere, { count: COMMANDS, seed: 3, slow: false })).toEqual([]);
});
