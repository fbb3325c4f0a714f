/**
 * Writes the computed part of research/PAPER.md from the study's data and our own committed platforms.
 * `write-paper-page.ts [DATA [PAGE]]`: PAGE is written instead, with the committed page around what is computed, from the
 * platforms that the committed page has.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { knownLabels } from "../../analysis/edges/reading/find-platform.ts";
import { readMachines } from "../../analysis/edges/reading/read-machines.ts";
import { readPlatforms } from "../../analysis/edges/reading/read-results.ts";
import { committedResults, fetchedPaperData, toolVersion } from "../../analysis/edges/repository.ts";
import { remeasuredOn, withAudit } from "../../analysis/format/paper/paper-page.ts";
import { audit } from "../../analysis/paper/audit.ts";
import { CLAIMS } from "../../analysis/paper/claims/catalogue.ts";
import { STUDY } from "../../analysis/paper/source.ts";
import { toSubject } from "../../analysis/subjects/to-subject.ts";

const committed = fileURLToPath(new URL("../../research/PAPER.md", import.meta.url));
const [data = fetchedPaperData(), page = committed] = argv.slice(2);
const text = readFileSync(committed, "utf8");
const study = readMachines(data, STUDY.sha256);
if (study.problems.length > 0)
  throw new Error(`the page is made from the whole of the study's data: ${study.problems.join("; ")}`);
const place = { resultsFolder: committedResults(), toolVersion: toolVersion() };
const known = knownLabels(committedResults());
const ours = readPlatforms(page === committed ? known : remeasuredOn(text, known), place, (_, error) => {
  throw error;
}).map(toSubject);
writeFileSync(page, withAudit(text, audit(CLAIMS, study, { subject: STUDY, dataFolder: "paper-data", ours })));
