import { describe, expect, test } from "vitest";
import type { ExperimentName } from "../../../research/protocol.ts";
import { sharingAsPublished } from "../../paper/page-cache-sharing.ts";
import { recomputeTables } from "../../paper/recompute-tables.ts";
import type { StudyTablesReport } from "../../paper/tables-output.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import { bareSubject } from "../../testing/subjects.ts";
import { renderStudyTables } from "./study-tables-report.ts";

const measurement = (
  experiment: ExperimentName,
  factors: Record<string, string>,
  metric: string,
  unit: string,
  values: number[],
): Measurement => ({
  ...{ experiment, factors, metric, unit, values, condition: Object.values(factors).join(" "), better: "lower" },
  ...{ blocks: values.map((_, index) => index + 1), rows: values.map((_, index) => index + 1) },
});
const subject = bareSubject("one", [
  measurement("copy-up", { file: "100 MB" }, "copyup_ms", "ms", [0, 10, 20, 30]),
  measurement("write", { storage: "overlayfs" }, "write_speed_mbps", "MB/s", [1, 2, 3, 4, 5, 6]),
  measurement("write", { storage: "volume" }, "write_speed_mbps", "MB/s", [11, 12, 13, 14, 15, 16]),
  measurement("namespaces", { operation: "namespace_create" }, "duration_ms", "ms", []),
  measurement("memory", { containers: "3 containers" }, "per_container_mem_mb", "MB", [3, 3]),
  measurement("memory", { containers: "3 containers" }, "total_mem_mb", "MB", [9, 9]),
]);
const tables = recomputeTables([subject]);
const report: StudyTablesReport = {
  ...{ arxiv: "2602.15214", repository: "owner/name", commit: "0123456789abcdef", tables },
  page_cache_sharing: sharingAsPublished(tables),
  missing: ["two: /data/two: no such folder"],
};

/** The line of a table that follows the caption and holds the words, blanks collapsed. */
function line(text: string, caption: string, words: string): string | undefined {
  const [, after = ""] = text.split(`\n${caption}\n`);
  return after
    .split("\n\n")[0]
    ?.split("\n")
    .find((each) => each.includes(words))
    ?.trim()
    .replace(/ +/g, " ");
}

describe("text", () => {
  const text = renderStudyTables(report, "text");

  test("each table twice, with a mark before what differs", () => {
    // Python: m = 15, s = 12.9099…, 2.776*s/2 = 17.919; R 4.2.2: t.test(c(0, 10, 20, 30))$conf.int is −5.542602, 35.542602: below 0, so 15 e^(± 20.542602 / 15)
    expect(line(text, "Copy-up, as published", "100 MB")).toBe(
      "one 100 MB copyup_ms ms 4 15.00 17.92 [-2.92, 32.92] 12.91 20.00 0.00 30.00",
    );
    expect(line(text, "Copy-up, recomputed", "100 MB")).toBe(
      "one 100 MB copyup_ms ms 4 15.00 *[3.81, 59.00] 12.91 *15.00 – 0.00 30.00",
    );
    expect(line(text, "Copy-up, platforms side by side, recomputed", "100 MB")).toMatch(/^one 100 MB copyup_ms ms \*4 \*15\.00 /);
  });

  test("contrasts with the published effect, and ratio and shift with intervals", () => {
    // scipy 1.17.1: mannwhitneyu([1, …, 6], [11, …, 16]): U = 0, p = 0.0021645
    expect(line(text, "Sequential writes: a relative to b, as published", "overlayfs")).toBe(
      "one overlayfs volume 0.26× 0.0 0.002165 yes -1.000 large",
    );
    expect(line(text, "Sequential writes: a relative to b, recomputed", "overlayfs")).toMatch(
      /^one overlayfs volume (\*?0\.2\d+) 0\.\d+–0\.\d+ -10\.0 -1\d\.\d to -\d\.\d+ MB\/s 0\.0022 -1\.000 \[-1\.000, -0\.\d+\] large$/,
    );
  });

  test("what was not measured is a dash, what is missing is reported, and the sharing is 0 by construction", () => {
    expect(line(text, "Namespaces, as published", "namespace_create")).toBe(
      "one namespace_create duration_ms ms 0 – – – – – – –",
    );
    expect(text).toContain("Missing:\n\n- two: /data/two: no such folder\n");
    expect(line(text, "Page cache sharing efficiency, as published; recomputed: not measured", "one")).toBe("one 9.0 9.0 0.0 %");
    expect(text).toContain("so that the efficiency is 0 for any data");
  });

  test("notes name only the estimators that made a difference", () => {
    expect(text).toContain("Median: published as the upper of the middle two values");
    expect(text).toContain("Significant at 0.05 by p Holm: as published in all 1 test.");
    const same = recomputeTables([
      { ...subject, measurements: [measurement("pull", { image: "a" }, "pull_time_ms", "ms", [7, 7, 7])] },
    ]);
    const plain = renderStudyTables({ ...report, tables: same, page_cache_sharing: [], missing: [] }, "text");
    expect(plain).not.toMatch(/Median: |95 % CI of the mean: |Missing:|\*\[/);
  });
});

test("markdown, LaTeX and JSON hold the same tables", () => {
  const captions = tables.flatMap(({ title }) => [`${title}, as published`, `${title}, recomputed`]);
  const markdown = renderStudyTables(report, "markdown");
  const latex = renderStudyTables(report, "latex");
  for (const caption of captions) {
    expect(markdown).toContain(`**${caption}**`);
    expect(latex).toContain(`\\caption{${caption}}`);
  }
  expect(latex).toMatch(/^\p{ASCII}*$/u);
  const { tables: parsed, commit, missing } = JSON.parse(renderStudyTables(report, "json"));
  expect({ commit, missing }).toEqual({ commit: report.commit, missing: report.missing });
  expect(parsed[0].samples[0]).toMatchObject({
    as_published: { median: 20 },
    as_it_should_be: { median: 15 },
    differs: ["mean_ci", "median"],
  });
});
