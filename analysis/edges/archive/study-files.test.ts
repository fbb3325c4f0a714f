/** What `run study` measured, as the study's files: beside our tables, as an archive, and among the study's platforms. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Session } from "../../../research/manifest.ts";
import type { Platform } from "../../subjects/platform.ts";
import { manifest, session } from "../../testing/rows.ts";
import { studyCsv } from "../../testing/study-rows.ts";
import { readPlatforms } from "../reading/read-results.ts";
import { studyOfPlatform } from "../reading/study-of-platform.ts";
import { checkFolder } from "../reading/validate-platform.ts";
import { toolVersion } from "../repository.ts";
import { addPlatform } from "./add-platform.ts";
import { exportPlatform } from "./export-platform.ts";
import { writeStudyFiles } from "./study-files.ts";

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tierbench-study-files-"));
  folder = join(root, "here");
  const images = ["small", "medium", "large"].map((name) => ({ name, digest: `sha256:${"0".repeat(64)}`, conditions: [name] }));
  const planned = {
    name: "study-warm",
    conditions: ["small", "medium", "large"],
    iterations: 7,
    warmup_blocks: 0,
    images,
  } as const;
  const [started, ended] = ["2026-09-21T14:00:00.000Z", "2026-09-21T15:00:00.000Z"];
  const measured = session({ started, ended, images: [], experiments: [planned] } as unknown as Partial<Session>);
  addFiles({
    "platform.json": JSON.stringify(manifest({ label: "here", sessions: [measured] })),
    "study-warm.csv": studyCsv(1)["study-warm"],
  });
});
afterEach(() => rmSync(root, { recursive: true }));

function addFiles(files: Readonly<Record<string, string>>): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

const read = (): Platform =>
  readPlatforms([folder], { resultsFolder: root, toolVersion: toolVersion() }, (_, error) => {
    throw error;
  })[0] as Platform;
const defects = () => checkFolder(folder, toolVersion()).problems.filter(({ severity }) => severity === "defect");

test("they are computed from the tables beside them, and any other is a defect", async () => {
  const [file = "", ...others] = writeStudyFiles(read());
  expect([file, others]).toEqual([join(folder, "01-startup-latency.csv"), []]);
  const text = readFileSync(file, "utf8");
  expect(text.split("\n").slice(0, 4)).toEqual([
    "iteration,image,mode,startup_ms",
    "1,small,warm,210",
    "1,medium,warm,210",
    "1,large,warm,210",
  ]);
  expect(defects()).toEqual([]);
  expect(studyOfPlatform(read())?.files[0]?.content).toMatchObject({ rows: 21, missing: 0 });
  const archive = join(root, "v3.tar.gz");
  await exportPlatform(folder, "v3", archive, toolVersion());
  const { folder: added, validated } = addPlatform(archive, "as-the-study", join(root, "results"), toolVersion());
  expect([validated.format, readFileSync(join(added, "01-startup-latency.csv"), "utf8")]).toEqual(["v3", text]);
  writeFileSync(file, text.replace("210", "21"));
  expect(defects()).toEqual([expect.objectContaining({ file: "01-startup-latency.csv" })]);
});
