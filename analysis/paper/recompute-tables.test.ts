import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readStudyData } from "../edges/reading/read-study-data.ts";
import type { Measurement } from "../subjects/measurement.ts";
import { studySubject } from "../subjects/study-subject.ts";
import { paperData } from "../testing/paper-data.ts";
import { bareSubject } from "../testing/subjects.ts";
import { sharingAsPublished } from "./page-cache-sharing.ts";
import { fixed, shortest } from "./python-rounding.ts";
import { recomputeTables } from "./recompute-tables.ts";
import { STUDY } from "./source.ts";
import type { RecomputedTable } from "./tables-output.ts";
import { printedSummary } from "./testing/printed-summary.ts";

const tableOf = (tables: readonly RecomputedTable[], id: string): RecomputedTable => {
  const table = tables.find((each) => each.id === id);
  if (table === undefined) throw new Error(`no table ${id}`);
  return table;
};

describe.skipIf(paperData === undefined)("the study's own data", () => {
  const folder = paperData as string;
  const platforms = Object.keys(STUDY.sha256);
  const subjects = () => readStudyData(folder, STUDY.sha256).platforms.map(studySubject);

  test.each(platforms)("%s: every line that the study's script printed, to the last digit", (label) => {
    const text = readFileSync(join(folder, label, "analysis-summary.txt"), "utf8");
    const between = text.slice(text.indexOf("TEST 1:"), text.indexOf("ANALYSIS COMPLETE"));
    const printed = between
      .split("\n")
      .map((line) => line.trim().replace(/\s+/g, " ").replace("± ", "±"))
      .filter((line) => line !== "" && !/^([─=]+|Metric Value|TEST \d: .*)$/.test(line));
    const tables = recomputeTables(subjects().filter((subject) => subject.label === label));
    expect(printedSummary(tables, text.includes("Scipy available: YES"))).toEqual(printed);
    expect(printed.length).toBeGreaterThan(150);
  });

  const sciPy = paperData !== undefined && spawnSync("python3", ["-c", "import scipy"]).status === 0;
  test.skipIf(!sciPy)(
    "platforms side by side, and every test, as Python and SciPy print them",
    () => {
      const program = fileURLToPath(new URL("testing/side-by-side.py", import.meta.url));
      const python = spawnSync("python3", [program, folder, ...platforms], { encoding: "utf8" });
      expect(python.stderr).toBe("");
      const tables = recomputeTables(subjects());
      const lines = (id: string) =>
        tableOf(tables, id).samples.map(({ platform, condition, as_published: published }) => {
          if (published === null) return `${platform} N/A`;
          const { n, mean, sd, mean_ci, mean_ci_half_width: half } = published;
          if (id === "startup-platforms") {
            const [m, s, lo, hi] = [mean, sd, ...mean_ci].map((value) => fixed(value, 1));
            return `${condition.replace(" warm", "")} ${platform} ${m} ${s} [${lo}, ${hi}] ${n}`;
          }
          const mode = id === "network-platforms" ? `${condition} ` : "";
          return `${platform} ${mode}${fixed(mean, 2)} ± ${fixed(half, 2)} σ=${fixed(sd, 2)} n=${n}`;
        });
      const tests = (id: string, between: boolean) =>
        tableOf(tables, id).contrasts.map(({ within, a, b, as_published: { test } }) => {
          const numbers = `U=${shortest(test?.u ?? Number.NaN)} p=${fixed(test?.p ?? Number.NaN, 6)}`;
          if (!between) return `${within} ${numbers}`;
          const significant = test?.significant ? "True" : "False";
          return `${within.replace(" warm", "")} ${a} ${b} ${numbers} ${significant} ${shortest(test?.cliffs_delta ?? Number.NaN)}`;
        });
      const sideBySide = tables.map(({ id }) => id).filter((id) => id.endsWith("-platforms"));
      expect({
        ...Object.fromEntries(sideBySide.map((id) => [id, lines(id)])),
        tests: tests("startup-platforms", true),
        "write tests": tests("write", false),
        "network tests": tests("network", false),
      }).toEqual(JSON.parse(python.stdout));
    },
    60_000,
  );

  test("the estimators by which the tables differ: intervals nearly everywhere, one mean by its last bit, n where zeros went", () => {
    const tables = recomputeTables(subjects());
    const differing = (name: string, ids: readonly RecomputedTable[]) =>
      ids.flatMap(({ id, samples }) =>
        samples
          .filter(({ differs }) => differs.some((each) => each === name))
          .map(({ platform, condition }) => [id, platform, condition]),
      );
    expect(differing("n", tables)).toEqual([["copy-up-platforms", "macos-docker-desktop", "100 MB"]]);
    const perPlatform = tables.filter(({ id }) => !id.endsWith("-platforms"));
    expect(differing("mean", perPlatform)).toEqual([["pull", "azure-premium-ssd", "nginx"]]);
    expect(differing("mean_ci", [tableOf(tables, "startup")])).toHaveLength(18);
  });
});

const measured = (
  over: Partial<Measurement> & Pick<Measurement, "experiment" | "factors" | "metric" | "values">,
): Measurement => ({
  condition: Object.values(over.factors).join(" "),
  unit: "ms",
  better: "lower",
  blocks: over.values.map((_, index) => index + 1),
  rows: over.values.map((_, index) => index + 1),
  ...over,
});
const subject = bareSubject;
const startup = (image: string, mode: string, values: readonly number[]) =>
  measured({ experiment: "startup", factors: { image, mode }, metric: "startup_ms", values });
const network = (mode: string, values: readonly number[]) =>
  measured({ experiment: "network", factors: { network: mode }, metric: "avg_rtt_ms", values });

test("conditions are sorted, platforms keep their order, side by side only warm starts", () => {
  const values = [1, 2, 3, 4, 5, 6];
  const tables = recomputeTables([
    subject("one", [startup("b", "warm", values), startup("a", "warm", values), startup("a", "cold", values)]),
    subject("two", [startup("a", "warm", values)]),
  ]);
  const places = (id: string) => tableOf(tables, id).samples.map(({ platform, condition }) => `${platform} ${condition}`);
  expect(tables.map(({ id }) => id)).toEqual(["startup", "startup-platforms"]);
  expect(places("startup")).toEqual(["one a cold", "one a warm", "one b warm", "two a warm"]);
  expect(places("startup-platforms")).toEqual(["one a warm", "two a warm", "one b warm"]);
  expect(tableOf(tables, "startup-platforms").contrasts).toMatchObject([{ within: "a warm", a: "one", b: "two" }]);
});

test("round trips of 0 are left out as published, and kept recomputed", () => {
  const tables = recomputeTables([subject("one", [network("bridge", [0, 2, 4, 6, 8, 9]), network("host", [1, 1, 2, 2, 3])])]);
  const [bridge, host] = tableOf(tables, "network").samples;
  expect(bridge).toMatchObject({
    as_published: { n: 5, mean: 5.8 },
    as_it_should_be: { n: 6 },
    differs: expect.arrayContaining(["n"]),
  });
  expect(host).toMatchObject({ as_published: { n: 5, median: 2 }, as_it_should_be: { n: 5, median: 2 } });
  expect(tableOf(tables, "network").contrasts).toMatchObject([
    { within: "one", as_published: { effect: { kind: "difference", value: 4 } }, as_it_should_be: { ratio: null, n_a: 6 } },
  ]);
});

test("what was not measured has no numbers and no contrast", () => {
  const tables = recomputeTables([subject("one", [network("bridge", []), network("host", [1, 2, 3, 4, 5])])]);
  expect(tableOf(tables, "network").samples[0]).toMatchObject({ as_published: null, as_it_should_be: null, differs: [] });
  expect(tableOf(tables, "network").contrasts).toEqual([]);
});

test("a test that is significant alone and not among others says so", () => {
  const moved = (label: string, by: number) =>
    subject(label, [
      startup(
        "a",
        "warm",
        [1, 2, 3, 4, 5, 6, 7].map((value) => value + by),
      ),
    ]);
  const tables = recomputeTables([moved("one", 0), moved("two", 3.6), moved("three", 0.05)]);
  const { contrasts, p_findings } = tableOf(tables, "startup-platforms");
  // scipy 1.17.1: mannwhitneyu([1, …, 7], [4.6, …, 10.6]).pvalue is 0.01748251748251748, times 3 by Holm 0.052
  expect(contrasts[0]).toMatchObject({ a: "one", b: "two", as_published: { test: { p: 0.017483, significant: true } } });
  expect(contrasts[0]?.differs).toEqual(["p", "significant"]);
  expect(contrasts[1]).toMatchObject({ a: "one", b: "three", as_published: { test: { significant: false } } });
  expect(contrasts[1]?.differs).not.toContain("significant");
  expect(p_findings).toMatchObject([{ detector: "uncorrected-tests", numbers: { tests: 3, no_longer_significant: 2 } }]);
  expect(p_findings[0]?.evidence).toContain("a warm one and two: 0.017483, adjusted 0.052");
});

test("p-values rounded to 0 are doubted in the table that has them, and nowhere else", () => {
  const apart = [100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114];
  const near = apart.map((value) => value - 90);
  const tables = recomputeTables([subject("one", [startup("a", "warm", near)]), subject("two", [startup("a", "warm", apart)])]);
  expect(tableOf(tables, "startup-platforms").p_findings.map(({ summary }) => summary)).toEqual([
    // scipy 1.17.1: mannwhitneyu(near, apart).pvalue is 3.39e-06, of which six decimals leave 0.000003
    "startup: 1 of 1 p-values printed with fewer than two significant digits",
  ]);
  expect(tableOf(tables, "startup").p_findings).toEqual([]);
});

test("the sharing of a page cache that is a third of a third", () => {
  const memory = (metric: string, values: readonly number[]) =>
    measured({ experiment: "memory", factors: { containers: "3 containers" }, metric, values, unit: "MB" });
  const tables = recomputeTables([
    subject("one", [memory("per_container_mem_mb", [3, 3]), memory("total_mem_mb", [9, 8])]),
    subject("two", [memory("per_container_mem_mb", [3, 3])]),
  ]);
  expect(sharingAsPublished(tables)).toEqual([
    { platform: "one", theoretical_mb: 9, actual_mb: 8.5, sharing_pct: (0.5 / 9) * 100 },
  ]);
});
