import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as z from "zod";
import { compare } from "../../analysis/comparisons/compare.ts";
import { readPlatforms } from "../../analysis/edges/reading/read-results.ts";
import { committedResults, toolVersion } from "../../analysis/edges/repository.ts";
import { renderAnalysis } from "../../analysis/format/analysis/analysis-report.ts";
import { renderComparison } from "../../analysis/format/comparison/comparison-report.ts";
import { renderAudit } from "../../analysis/format/paper/audit-report.ts";
import { renderStudyTables } from "../../analysis/format/paper/study-tables-report.ts";
import { audit } from "../../analysis/paper/audit.ts";
import { CLAIMS } from "../../analysis/paper/claims/catalogue.ts";
import { reportTables } from "../../analysis/paper/report-tables.ts";
import { STUDY } from "../../analysis/paper/source.ts";
import { interleaved, madeMachine, madeStudy, sampleOf } from "../../analysis/paper/testing/synthetic-study.ts";
import { toSubject } from "../../analysis/subjects/to-subject.ts";
import { analysisOf } from "../../analysis/summaries/summarise.ts";
import { jsonSchemas } from "./json-schemas.ts";

const committed = (file: string): string => readFileSync(new URL(`../../research/schemas/${file}`, import.meta.url), "utf8");

test.each(Object.entries(jsonSchemas()))("%s is what is declared (npm run docs:schemas writes it)", (file, text) => {
  expect(committed(file)).toBe(text);
});

test("what analyze says of the committed results is valid by the committed schema, and a change of it is not", () => {
  const place = { resultsFolder: committedResults(), toolVersion: toolVersion() };
  const sources = readPlatforms(["debian12-docker20"], place, (_, error) => {
    throw error;
  });
  const output = JSON.parse(renderAnalysis(analysisOf(sources.map(toSubject), []), "json"));
  const schema = z.fromJSONSchema(JSON.parse(committed("analyze.json")));
  expect(schema.safeParse(output).error?.issues ?? []).toEqual([]);
  expect(schema.safeParse({ ...output, schema: 0 }).success).toBe(false);
  delete output.platforms[0].conditions[0].metrics.total_ms.unit;
  expect(schema.safeParse(output).success).toBe(false);
});

test("what paper audit says of a made study is valid by the committed schema, and a change of it is not", () => {
  const rows = interleaved({ alpine: sampleOf(50, 500, 20, 1), nginx: sampleOf(50, 520, 20, 2) }, 1);
  const warm = rows.map((row) => row.replace(/,(alpine|nginx),/, ",$1,warm,"));
  const study = madeStudy(madeMachine("azure-premium-ssd", { files: { "01-startup-latency.csv": warm } }));
  const subject = { arxiv: "2602.15214", repository: "made/study", commit: "0".repeat(40) };
  const output = JSON.parse(renderAudit(audit(CLAIMS, study, { subject, dataFolder: "data", ours: [] }), "json"));
  const schema = z.fromJSONSchema(JSON.parse(committed("paper-audit.json")));
  expect(output.claims).toHaveLength(CLAIMS.length);
  expect(schema.safeParse(output).error?.issues ?? []).toEqual([]);
  output.claims[0].verdict = "perhaps";
  expect(schema.safeParse(output).success).toBe(false);
});

test("what compare says of the committed results is valid by the committed schema, and a change of it is not", () => {
  const place = { resultsFolder: committedResults(), toolVersion: toolVersion() };
  const subjects = readPlatforms(["hardening-costs-usual", "hardening-costs-daemon"], place, (_, error) => {
    throw error;
  }).map(toSubject);
  const output = JSON.parse(renderComparison(compare(subjects, { reference: null }), "json"));
  const schema = z.fromJSONSchema(JSON.parse(committed("compare.json")));
  expect(output.comparisons.some(({ explained }: { explained: unknown }) => explained !== null)).toBe(true);
  expect(schema.safeParse(output).error?.issues ?? []).toEqual([]);
  output.comparisons[0].verdict = "perhaps";
  expect(schema.safeParse(output).success).toBe(false);
});

test("what paper tables says of a made study is valid by the committed schema, and a change of it is not", () => {
  const rows = interleaved({ alpine: sampleOf(50, 500, 20, 1), nginx: sampleOf(50, 520, 20, 2) }, 1);
  const files = { "01-startup-latency.csv": rows.map((row) => row.replace(/,(alpine|nginx),/, ",$1,warm,")) };
  const platforms = ["azure-premium-ssd", "azure-standard-hdd"].map((label) => madeMachine(label, { files }).platform);
  const output = JSON.parse(renderStudyTables(reportTables(STUDY, platforms, []), "json"));
  const schema = z.fromJSONSchema(JSON.parse(committed("paper-tables.json")));
  expect(output.tables.flatMap(({ contrasts }: { contrasts: unknown[] }) => contrasts)).not.toEqual([]);
  expect(schema.safeParse(output).error?.issues ?? []).toEqual([]);
  output.tables.find(({ contrasts }: { contrasts: unknown[] }) => contrasts.length > 0).contrasts[0].as_it_should_be.p = "small";
  expect(schema.safeParse(output).success).toBe(false);
});
