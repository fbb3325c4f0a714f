import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readMachines } from "../../edges/reading/read-machines.ts";
import { readPlatforms } from "../../edges/reading/read-results.ts";
import { committedResults, toolVersion } from "../../edges/repository.ts";
import { audit } from "../../paper/audit.ts";
import { CLAIMS } from "../../paper/claims/catalogue.ts";
import { STUDY } from "../../paper/source.ts";
import { madeStudy } from "../../paper/testing/synthetic-study.ts";
import { toSubject } from "../../subjects/to-subject.ts";
import { paperData } from "../../testing/paper-data.ts";
import { remeasuredOn, withAudit } from "./paper-page.ts";

const page = readFileSync(new URL("../../../research/PAPER.md", import.meta.url), "utf8");
const options = { subject: STUDY, dataFolder: "paper-data", ours: [] };

describe.skipIf(paperData === undefined)("the study's own data", () => {
  test("PAPER.md is what the audit says (else: npm run docs:paper)", () => {
    const place = { resultsFolder: committedResults(), toolVersion: toolVersion() };
    const ours = readPlatforms(["debian12-docker20", "debian12-docker20-suite"], place, (_, error) => {
      throw error;
    }).map(toSubject);
    expect(withAudit(page, audit(CLAIMS, readMachines(paperData as string, STUDY.sha256), { ...options, ours }))).toBe(page);
  });
});

test("the computed part follows the data, what stands around it is kept", () => {
  const other = withAudit(page, audit(CLAIMS, madeStudy(), options));
  expect(other).not.toBe(page);
  expect(other.split("\n")[0]).toBe(page.split("\n")[0]);
  expect(other.trimEnd().split("\n").at(-1)).toBe(page.trimEnd().split("\n").at(-1));
  expect(other).toContain("- `image-size`, not-testable. ");
});

test("the platforms of the page are those whose numbers stand on it, none that was measured since", () => {
  const there = ["debian12-docker20", "debian12-docker20-suite"];
  expect(remeasuredOn(page, ["debian12", "docker20", "flag-costs", "local-20260102-030405", "startup", ...there])).toEqual(there);
  expect(remeasuredOn("| 1.2 % (1–2), my\\_laptop |", ["laptop", "my_laptop"])).toEqual(["my_laptop"]);
});

test("a page without a place for it is an error that names the lines", () => {
  expect(() => withAudit("# Page\n", audit(CLAIMS, madeStudy(), options))).toThrow(
    /no lines <!-- computed by npm run docs:paper -->/,
  );
});
