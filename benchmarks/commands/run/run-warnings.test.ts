import { expect, test } from "vitest";
import type { Report } from "../../design/run-experiment.ts";
import { OutcomeTally } from "./run-warnings.ts";

const trial = (more: Partial<Report>): Report => ({
  ...{ condition: "app warm", outcome: "ok", problem: undefined, total: null, block: 1, endsBlock: false, warmup: false },
  ...more,
});

test("an image that ignores the command is warned of once, with what its first start printed", () => {
  const tally = new OutcomeTally("");
  for (const printed of ["usage: app\n\u001b[2J", "usage: app\n", "usage: app\n"]) tally.note(trial({ printed }));
  tally.note(trial({ condition: "silent warm", printed: "" }));
  tally.note(trial({ condition: "small warm" }));
  expect(tally.warnings().map(({ summary, evidence }) => [summary, evidence])).toEqual([
    ["3 starts of app warm did not print what `echo hello` prints", 'the first printed "usage: app\\n\\u001b[2J"'],
    ["1 start of silent warm did not print what `echo hello` prints", "the first printed nothing"],
  ]);
});

test("one trial is told as one", () => {
  const tally = new OutcomeTally("burst: ");
  tally.note(trial({ outcome: "failed", problem: "no such image" }));
  tally.note(trial({ problem: "no first byte" }));
  expect(tally.warnings().map(({ summary }) => summary)).toEqual([
    "burst: 1 trial ended as failed",
    "burst: 1 trial has missing values",
  ]);
});
