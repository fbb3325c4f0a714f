/** What only a person with an editor and new checksums can do to a folder is said beside its numbers, not by `validate` alone. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compare } from "../../comparisons/compare.ts";
import { doubtsOf } from "../../detectors/findings-of.ts";
import { FIGURES } from "../../figures/catalogue.ts";
import type { Subject } from "../../subjects/subject.ts";
import { toSubject } from "../../subjects/to-subject.ts";
import { summarise } from "../../summaries/summarise.ts";
import { type Editable, editedCopy } from "../../testing/resealed.ts";
import { committedResults, toolVersion } from "../repository.ts";
import { readPlatforms } from "./read-results.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tierbench-checks-"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** One without critical paths, and one with them. */
const labels = readdirSync(committedResults()).sort();
const has = (label: string, file: string): boolean => readdirSync(join(committedResults(), label)).includes(file);
const starts = labels.find((label) => !has(label, "why.csv")) as string;
const explained = labels.find((label) => has(label, "why-path.csv")) as string;

function edited(label: string, edit: (files: Editable) => void, withPaths = false): Subject {
  const folder = join(root, label);
  editedCopy(label, folder, edit);
  const [source] = readPlatforms([folder], { resultsFolder: root, toolVersion: toolVersion(), withPaths }, (_, error) => {
    throw error;
  });
  if (source === undefined) throw new Error("it was read");
  return toSubject(source);
}

const saidOf = (subject: Subject, experiment = "startup"): string[] => {
  const number = subject.measurements.find((measurement) => measurement.experiment === experiment);
  if (number === undefined) throw new Error(`no number of ${experiment}`);
  return doubtsOf(subject, number).cautions.filter((caution) => caution.includes("not as it was measured"));
};

test.each(labels)("%s as it is has nothing of the kind", { timeout: 60_000 }, (label) => {
  const subject = edited(label, () => undefined, true);
  expect(subject.measurements.flatMap(({ experiment }) => saidOf(subject, experiment))).toEqual([]);
});

const HEADER = 1;

test.each<[string, (files: Editable) => void, string]>([
  ["a row less than planned", ({ table }) => table("startup", (lines) => lines.slice(0, -1)), "trials of"],
  [
    "a session of platform.json is gone",
    ({ manifest }) => manifest(({ sessions }) => sessions.pop()),
    "were added after session",
  ],
  [
    "a session's rows are gone",
    ({ table }) => table("startup", (lines) => lines.filter((line, row) => row < HEADER || line.split(",")[1] !== "2")),
    "numbered in the order of measurement",
  ],
  [
    "a container is there twice",
    ({ table, cell }) => {
      let id = "";
      table("startup", (lines) => {
        id = /[0-9a-f]{64}/.exec(lines[4] ?? "")?.[0] ?? "";
        return lines;
      });
      cell("startup", 8, "container_id", () => id);
    },
    "an earlier row started this container already",
  ],
  [
    "rows are renumbered",
    ({ table }) =>
      table("startup", (lines) =>
        lines.map((line, row) => (row < 9 ? line : line.replace(/^\d+/, (trial) => `${Number(trial) + 1}`))),
      ),
    "numbered in the order of measurement",
  ],
  [
    "an image that is not described",
    ({ manifest }) => manifest(({ sessions }) => (sessions[0].images = [])),
    "platform.json does not describe this image",
  ],
  [
    "a condition that was not planned",
    ({ manifest }) => manifest(({ sessions }) => sessions[0].experiments[0].conditions.pop()),
    "was not to measure",
  ],
  ["a probe that changes", ({ cell }) => cell("startup", 5, "probe", () => "sidecar"), "another probe than the session's"],
  [
    "other rows than are sealed, as platform.json counts them",
    ({ manifest }) => manifest(({ sessions }) => sessions.push(structuredClone(sessions[0]))),
    "sessions are numbered upwards",
  ],
])("%s: a caution on every number", (_, edit, what) => {
  const [said, ...others] = saidOf(edited(starts, edit));
  expect(said).toMatch(/^(startup\.csv|platform\.json) is not as it was measured, see `tierbench platform validate \S+` \(/);
  expect(said).toContain(what);
  expect(others).toEqual([]);
});

test.each<[string, (files: Editable) => void]>([
  ["rows are sorted", ({ table }) => table("startup", ([header = "", ...rows]) => [header, ...rows.toReversed()])],
  ["a session that is not described", ({ cell }) => cell("startup", 301, "session", () => "9")],
  ["an image that is not described", ({ manifest }) => manifest(({ sessions }) => (sessions[0].images = []))],
])("%s: said once", (_, edit) => {
  const said = summarise(edited(starts, edit)).warnings.map(({ summary }) => summary);
  expect(said.filter((summary) => summary.startsWith("startup.csv is not as it was measured"))).toHaveLength(1);
  expect(said.filter((summary) => /^startup: .*(numbered|describe)/.test(summary))).toEqual([]);
});

describe("critical paths", () => {
  const shorter = ({ table }: Editable): void => table("why-path", (lines) => lines.slice(0, -1));

  test("that lack a stretch of their start are said where they are read", { timeout: 60_000 }, () => {
    const [said] = saidOf(edited(explained, shorter, true), "why");
    expect(said).toMatch(/^why-path\.csv is not as it was measured, .* ns more than its rows in why\.csv\)$/);
  });

  test("are not read for anything else", () => {
    expect(saidOf(edited(explained, shorter), "why")).toEqual([]);
  });
});

test("what is said is in every output", () => {
  const subject = edited(starts, ({ table }) => table("startup", (lines) => lines.slice(0, -1)));
  const [said = ""] = saidOf(subject);
  expect(summarise(subject).warnings.map(({ summary }) => summary)).toContain(said);
  const [comparison] = compare([subject, { ...subject, label: "another" }], { reference: null }).comparisons;
  expect(comparison?.cautions).toContain(`${subject.label}: ${said}`);
  const drawing = FIGURES["startup-tiers"]([subject]);
  expect("absent" in drawing ? drawing.absent : drawing.caption).toContain(said);
});

test("of a table that is gone it is platform.json that is doubted", () => {
  const platform = labels.reduce((most, label) =>
    readdirSync(join(committedResults(), label)).length > readdirSync(join(committedResults(), most)).length ? label : most,
  );
  const folder = join(root, platform);
  const subject = edited(platform, ({ table }) => table("memory", (lines) => lines));
  expect(saidOf(subject)).toEqual([]);
  rmSync(join(folder, "memory.csv"));
  const [source] = readPlatforms([folder], { resultsFolder: root, toolVersion: toolVersion() }, (_, error) => {
    throw error;
  });
  if (source === undefined) throw new Error("it was read");
  expect(saidOf(toSubject(source))[0]).toMatch(/^platform\.json is .* \(memory\.csv: it is gone/);
});
