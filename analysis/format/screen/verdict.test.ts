import { expect, test } from "vitest";
import { summarise } from "../../summaries/summarise.ts";
import { startupRow, WHOLE_START_MS } from "../../testing/rows.ts";
import { subjectOf } from "../../testing/subjects.ts";
import { answerOf } from "./verdict.ts";

/** Starts of 100 ms, the last of them so much later in its last phase but one. */
const answered = (late_ms: number): string => {
  const rows = Array.from({ length: 12 }, (_, index) =>
    startupRow({
      block: index + 1,
      offsets_ms: Object.fromEntries(
        Object.entries(WHOLE_START_MS).map(([name, at = 0]) => [
          name,
          at * (1 + index / 1000) + (index === 11 && at >= 95 ? late_ms : 0),
        ]),
      ),
    }),
  );
  return answerOf(summarise(subjectOf(rows)), undefined);
};

test("a share of the summed time that a few starts hold is not told as that of the median start", () => {
  expect(answered(0)).toMatch(/ms \(.*\)\. 19\.0 % .*of it is “daemon prepares”: /);
  expect(answered(2000)).toMatch(
    /A warm start of “small” takes 10\d ms .* Of the time of all starts together 66 % is “runtime starts”, whose median is 10\.1 ms: /,
  );
});
