import { stderr } from "node:process";
import { afterEach, expect, test, vi } from "vitest";
import type { Report } from "../../design/run-experiment.ts";
import { openProgress, type Stretch } from "./progress.ts";

const stretch: Stretch = { place: "", experiment: "startup", index: 1, experiments: 1, blocks: 10, trials: 10, seconds: 20 };
const report = (block: number): Report => ({
  ...{ condition: "small warm", outcome: "ok", problem: undefined, total: null, block, endsBlock: true, warmup: false },
});

afterEach(() => vi.restoreAllMocks());

/** What is printed of a stretch whose first report, two seconds after its begin, is of this block. */
function printed(block: number, expected: number): string {
  let said = "";
  vi.spyOn(stderr, "write").mockImplementation((text) => {
    said += text;
    return true;
  });
  const clock = vi.spyOn(performance, "now").mockReturnValue(0);
  const progress = openProgress();
  progress.expect(expected);
  const show = progress.begin(stretch);
  clock.mockReturnValue(2_000);
  show(report(block));
  progress.end();
  return said;
}

test("of a whole stretch nine tenths are left after the first of ten blocks", () => {
  expect(printed(1, 20)).toContain("block 1/10");
  expect(printed(1, 20)).toContain("ETA 18 s");
});

test("a stretch that goes on with its sixth block counts what is left: four blocks, of as much time each", () => {
  expect(printed(6, 20)).toContain("ETA 8 s");
});

test("what other sessions take comes on top", () => {
  expect(printed(6, 40)).toContain("ETA 28 s");
});
