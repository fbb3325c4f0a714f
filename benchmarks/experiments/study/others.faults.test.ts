/** The study's other dimensions, its cold starts and its pulls by the docker command, one block of each. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { IMAGE_SIZES } from "../../../research/protocol.ts";
import { STUDY_DIMENSIONS, studyDimensionsTable } from "../../../research/tables/study/dimensions.ts";
import { studyPullTable } from "../../../research/tables/study/pull.ts";
import { studyColdTable } from "../../../research/tables/study/starts.ts";
import { type TestLaboratory, testLaboratory } from "../../testing/laboratory.ts";
import { studyDimensions } from "./dimensions.ts";
import { studyPull } from "./pull.ts";
import { studyCold } from "./starts.ts";

let lab: TestLaboratory;
beforeAll(async () => {
  lab = await testLaboratory(["shell", "web"]);
}, 600_000);
afterAll(async () => {
  await lab?.[Symbol.asyncDispose]();
});

it("study-dimensions measures each of them once a block, and has what its programs printed", async () => {
  const rows = await lab.measure(studyDimensions("127.0.0.1"), studyDimensionsTable, 1);
  expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual(rows.map(() => ["ok", null]));
  const wanted = Object.entries(STUDY_DIMENSIONS).flatMap(([of, subjects]) => subjects.map((subject) => `${of} ${subject}`));
  expect(rows.map(({ dimension, subject }) => `${dimension} ${subject}`).sort()).toEqual(wanted.sort());
  const of = (name: string) => rows.filter(({ dimension }) => dimension === name);
  const printed = (name: string) => of(name).map((row) => row.printed);
  for (const said of printed("write")) expect(said).toMatch(/bytes.*copied/);
  for (const said of printed("network")) expect(said).toMatch(/min\/avg\/max/);
  expect(printed("namespaces")).toEqual(["ns_test"]);
  expect(printed("memory")[0]?.split("; ")).toHaveLength(Number(STUDY_DIMENSIONS.memory[0]));
  const [counted] = of("cpu-throttling");
  for (const said of [counted?.printed, counted?.baseline_printed]) expect(said).toMatch(/^[1-9]\d*$/);
  for (const row of [...of("copy-up"), ...of("metadata")]) expect(row.baseline_ns).toBeGreaterThan(1_000_000);
}, 300_000);

it("study-cold times docker run after the page cache was dropped, with the milestones of the start within", async () => {
  const { shell } = lab.laboratory.images;
  const images = { ...lab.laboratory.images, web: shell, python: shell };
  const rows = await lab.measure(studyCold, studyColdTable, 1, { images });
  expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual(rows.map(() => ["ok", null]));
  expect(rows.map(({ image }) => image).sort()).toEqual([...IMAGE_SIZES].sort());
  for (const { entry_exec_ns, entry_acts_ns, removed_ns } of rows) {
    const inOrder = [entry_exec_ns, entry_acts_ns, removed_ns].map((at) => at ?? Number.NaN);
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
    expect(inOrder).not.toContain(Number.NaN);
  }
}, 300_000);

it("study-pull pulls every image by the docker command, and leaves none of them", async () => {
  const { shell } = lab.laboratory.images;
  const rows = await lab.measure(studyPull, studyPullTable, 1, {
    images: { ...lab.laboratory.images, web: shell, python: shell },
  });
  expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual(rows.map(() => ["ok", null]));
  expect(rows.map(({ image }) => image).sort()).toEqual([...IMAGE_SIZES].sort());
  for (const { wall_ns } of rows) expect(wall_ns).toBeGreaterThan(1_000_000);
  const left = (await lab.wired.docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []);
  expect(left.filter((name) => name.includes("pull-"))).toEqual([]);
}, 300_000);
