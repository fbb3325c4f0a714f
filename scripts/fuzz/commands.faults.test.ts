/** Hundreds of damages through whole commands: every error names the file, and nothing raw reaches a terminal or a page. */
import { expect, test } from "vitest";
import { tierbenchHere } from "../testing/command.ts";
import { fuzzCommands } from "./commands.ts";
import { oursAndTheirs } from "./subjects.ts";

test.each(oursAndTheirs())("%s", { timeout: 3_600_000 }, async (_, subjects) => {
  expect(await fuzzCommands(subjects, tierbenchHere, { count: 150, seed: 1, slow: true })).toEqual([]);
});
