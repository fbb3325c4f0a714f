import { expect, test } from "vitest";
import { drawn, panelsOf, rowsWith } from "../../testing/drawn.ts";
import { exampleSubjects } from "../../testing/subjects.ts";
import { startTimeline } from "./start-timeline.ts";

test("the phases of one start follow one another without a gap, from 0 to its total", () => {
  const [panel] = panelsOf(drawn(startTimeline, exampleSubjects()));
  const phases = rowsWith(panel, "begin_ms");
  expect(phases[0]).toMatchObject({ phase: "create_api", tier: "daemon", begin_ms: 0 });
  for (const [index, { begin_ms }] of phases.slice(1).entries()) expect(begin_ms).toBe(phases[index]?.end_ms);
  expect(phases.at(-1)).toMatchObject({ phase: "entrypoint", tier: "process" });
  // Factor 1.01 is the median of the seven; it is the sixth row.
  expect(phases.at(-1)?.end_ms).toBeCloseTo(101, 9);
  expect(panel?.title?.text).toBe("here, small warm, row 6: 101 ms");
});

test("every phase has the median's interval beside its time, and dots of the other starts", () => {
  const [panel] = panelsOf(drawn(startTimeline, exampleSubjects()));
  // create_api takes 10 ms times the factors; of seven the interval reaches from the least to the greatest.
  expect(rowsWith(panel, "number")[0]).toMatchObject({ phase: "create_api", number: "10.1 (9.70–12.0)" });
  expect(rowsWith(panel, "at_ms").filter(({ phase }) => phase === "create_api")).toHaveLength(20);
});

test("phases that cannot be separated belong to several tiers, and platforms without starts are named", () => {
  const drawing = drawn(startTimeline, [
    ...exampleSubjects(["here"], "events"),
    { ...(exampleSubjects()[0] as ReturnType<typeof exampleSubjects>[number]), label: "bare", conditions: new Map() },
  ]);
  const phases = rowsWith(panelsOf(drawing)[0], "begin_ms");
  expect(phases.at(-1)).toMatchObject({ tier: "several" });
  expect(phases.at(-1)?.phase).toMatch(/^daemon_prepare \+\d+$/);
  expect(drawing.leftOut).toEqual(["bare: no start is split into phases"]);
  expect(startTimeline([])).toHaveProperty("absent");
});

test("a platform that stands alone has its first image in every mode, several have one start each", () => {
  const titles = (labels: readonly string[]) =>
    panelsOf(drawn(startTimeline, exampleSubjects(labels))).map(({ title }) => title?.text.replace(/, row.*/, ""));
  expect(titles(["here"])).toEqual(["here, small warm", "here, small cold"]);
  expect(titles(["here", "there"])).toEqual(["here, small warm", "there, small warm"]);
});

test("the first image is the smallest, not the one that happened to be measured first", () => {
  const [subject] = exampleSubjects() as [ReturnType<typeof exampleSubjects>[number]];
  const reversed = {
    ...subject,
    measurements: subject.measurements.toReversed(),
    conditions: new Map([...subject.conditions].reverse()),
  };
  expect(panelsOf(drawn(startTimeline, [reversed]))[0]?.title?.text).toContain("small warm");
});
