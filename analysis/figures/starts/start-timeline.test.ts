import { expect, test } from "vitest";
import { captionOf, drawn, keyOf, panelsOf, rowsWith } from "../../testing/drawn.ts";
import { startupRow, WHOLE_START_MS } from "../../testing/rows.ts";
import { exampleSubjects, subjectOf } from "../../testing/subjects.ts";
import { variantsSubject } from "../../testing/variants.ts";
import { startTimeline } from "./start-timeline.ts";

test("bars are the medians of the phases, one after the other, each with its interval and its words", () => {
  const drawing = drawn(startTimeline, exampleSubjects());
  const [, panel] = panelsOf(drawing);
  const phases = rowsWith(panel, "begin_ms");
  expect(phases[0]).toMatchObject({ phase: "create container", tier: "daemon", begin_ms: 0 });
  for (const [index, { begin_ms }] of phases.slice(1).entries()) expect(begin_ms).toBeCloseTo(phases[index]?.end_ms as number, 9);
  expect(phases.at(-1)).toMatchObject({ phase: "entrypoint", tier: "process" });
  // create_api takes 10 ms times the factors, whose median is 1.01; of seven the interval reaches from the least to the greatest.
  expect(phases[0]).toMatchObject({
    number: "10.1 (9.70–12.0)",
    words: "create container (create_api, daemon): median 10.1 ms, 95 % CI 9.70–12.0",
  });
  expect(phases[0]?.ci_lo_ms).toBeCloseTo(9.7, 9);
  expect(panel?.title?.text).toBe("small warm: median 101 ms (97.0–120) !");
  expect(drawing.title).toMatch(/^Daemon prepares: \d+ % of a warm start of small$/);
});

test("phases that cannot be separated belong to several tiers, and platforms without starts are named", () => {
  const drawing = drawn(startTimeline, [
    ...exampleSubjects(["here"], "events"),
    { ...(exampleSubjects()[0] as ReturnType<typeof exampleSubjects>[number]), label: "bare", conditions: new Map() },
  ]);
  const phases = rowsWith(panelsOf(drawing)[1], "begin_ms");
  expect(phases.at(-1)).toMatchObject({ tier: "several" });
  expect(phases.at(-1)?.phase).toMatch(/^daemon prepares \+\d+$/);
  expect(drawing.leftOut).toEqual(["bare: no start is split into phases"]);
  expect(startTimeline([])).toHaveProperty("absent");
});

test("a platform that stands alone has its first image in every mode, several have one start each", () => {
  const titles = (labels: readonly string[]) =>
    panelsOf(drawn(startTimeline, exampleSubjects(labels)))
      .slice(1)
      .map(({ title }) => title?.text.replace(/: median.*/, ""));
  expect(titles(["here"])).toEqual(["small warm", "small cold"]);
  expect(titles(["here", "there"])).toEqual(["here", "there"]);
  expect(keyOf(drawn(startTimeline, exampleSubjects(["here", "there"])))).toMatch(/^small warm /);
});

test("the first image is the smallest, not the one that happened to be measured first", () => {
  const [subject] = exampleSubjects() as [ReturnType<typeof exampleSubjects>[number]];
  const reversed = {
    ...subject,
    measurements: subject.measurements.toReversed(),
    conditions: new Map([...subject.conditions].reverse()),
  };
  expect(panelsOf(drawn(startTimeline, [reversed]))[1]?.title?.text).toContain("small warm");
});

test("of images without a size the first is that of the other screens, by name", () => {
  const rows = ["web", "api"].flatMap((image) => [1, 2, 3].map(() => startupRow({ image })));
  expect(drawn(startTimeline, [subjectOf(rows)]).title).toMatch(/of a warm start of api$/);
});

test("of many variants the first and those that certainly differ most are drawn, and the others are counted", () => {
  const levels = { base: 1, slower: 1.5, alike: 1, "alike-too": 1, faster: 0.5, "alike-as-well": 1, third: 1, fourth: 1 };
  const drawing = drawn(startTimeline, [variantsSubject("here", levels)]);
  const names = panelsOf(drawing).flatMap(({ title }) => title?.text.replace(/: median.*/, "") ?? []);
  expect(names).toEqual(["small warm base", "small warm slower", "small warm faster"]);
  expect(drawing.leftOut).toEqual([
    "5 of 8 variants of here (drawn are base and what certainly differs most from it; `tierbench report here` has all of them, to choose from)",
  ]);
  const few = drawn(startTimeline, [variantsSubject("here", { base: 1, alike: 1 })]);
  expect(panelsOf(few)).toHaveLength(3);
  expect(few.leftOut).toEqual([]);
});

test("images that are not drawn are named in the caption", () => {
  expect(captionOf(drawn(startTimeline, exampleSubjects()))).toContain("Drawn is small; `tierbench report` has medium, too.");
  expect(captionOf(drawn(startTimeline, [subjectOf([startupRow()])]))).not.toContain("Drawn is");
});

test("a share that one outlier makes is not what is drawn: the title says the medians", () => {
  const later = (by_ms: number) =>
    startupRow({
      offsets_ms: Object.fromEntries(Object.entries(WHOLE_START_MS).map(([name, at]) => [name, at < 30 ? at : at + by_ms])),
    });
  const [usual, outlying] = [[1, 2, 0, 3, 1, 0, 2].map(later), later(60_000)];
  expect(drawn(startTimeline, [subjectOf(usual)]).title).toBe("Daemon prepares: 20 % of a warm start of small");
  const drawing = drawn(startTimeline, [subjectOf([...usual, outlying])]);
  expect(drawing.title).toMatch(/^Daemon prepares: median 2\d\.\d of 10\d ms of a warm start of small$/);
  expect(captionOf(drawing)).not.toContain("The share in the title");
});
