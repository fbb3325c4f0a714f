import { expect, it } from "vitest";
import type { WhyRow } from "../../../research/tables/why.ts";
import { nanoseconds, unixNs } from "../../../research/units.ts";
import type { OpenRecorder } from "../../design/ports.ts";
import type { PathStep } from "../../timeline/causes/start-causes.ts";
import { pathKeeper } from "./keep-paths.ts";

const row = (trial: number, image: WhyRow["image"], total: number, warmup = false): WhyRow => ({
  ...{ trial, session: 1, block: trial, warmup, image, outcome: "ok", container_id: `container ${trial}` },
  ...{ started_unix_ns: unixNs(1n), total_ns: nanoseconds(total), phase: "hook", cause: "cpu", program: "dockerd" },
  ...{ place: null, ns: nanoseconds(total), reason: null },
});
const pathOf = (total: number): PathStep[] => [
  { begin_ns: nanoseconds(0), end_ns: nanoseconds(total), cause: "cpu", program: "dockerd", place: null, phase: "hook" },
];

it("records of each image the path of the start with the middle total, under its number in why.csv; no warm-up's", () => {
  const rows = [row(1, "small", 30, true), row(2, "small", 10), row(3, "small", 20), row(4, "small", 90), row(5, "large", 7)];
  const keeper = pathKeeper();
  for (const { container_id, total_ns } of rows) keeper.keep(`${container_id}`, pathOf(total_ns ?? 0));
  const recorded: unknown[] = [];
  const openRecorder: OpenRecorder = () => ({ record: (...of) => recorded.push(...of), [Symbol.dispose]: () => undefined });
  // Of a session before, whose paths are not at hand.
  const earlier = [row(6, "small", 21), row(7, "medium", 5)];
  const rowsOf = () => ({ file: "why.csv", rows: [...earlier, ...rows] as never, lastTrial: 7 });
  keeper.record(rowsOf, openRecorder);
  expect(recorded).toEqual([
    { ...pathOf(20)[0], trial: 3, image: "small" },
    { ...pathOf(7)[0], trial: 5, image: "large" },
  ]);
});
