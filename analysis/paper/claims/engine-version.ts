/** The repository's table of platforms: Docker Engine 29.1.3 on both Azure machines. */
import { type AuditedStudy, machineOf } from "../audited-study.ts";
import type { Assessment, Claim } from "../claim.ts";
import { DATA, HDD, SSD, STARTUP, STUDY_README } from "./study.ts";

const VERSION = "29.1.3";
const published = {
  text: `Docker Engine ${VERSION}`,
  value: 29,
  unit: "major version",
  decimals: 0,
  source: STUDY_README,
} as const;
const AZURE = [SSD, HDD] as const;

export const engineVersion: Claim = {
  id: "engine-version",
  claim: "Both Azure machines ran Docker Engine 29.1.3.",
  published,
  data: [{ file: STARTUP, columns: [], conditions: [], platforms: AZURE }],
  how: "Read: the engine's version in the notes that the study's script wrote on each machine before it measured.",
  assess,
  figure: null,
  command: ["compare", `${DATA}/${SSD}`, `${DATA}/${HDD}`],
  remeasuring: null,
  view: "The notes are written by the machine, the table by hand. The engines of 28 and 29 differ in how a start is done, so that it matters which one was measured.",
};

function assess(study: AuditedStudy): Assessment {
  const noted = AZURE.map((platform) => ({ platform, version: machineOf(study, platform)?.facts.engine }));
  const known = noted.flatMap(({ version }) => (version === undefined ? [] : [version]));
  if (known.length < AZURE.length) {
    const text = "the notes of a machine do not name its engine";
    return { recomputed: null, recomputed_ci: null, reasons: [{ bearing: "missing", text, numbers: {} }] };
  }
  const majors = known.map((version) => Number.parseInt(version, 10));
  return {
    recomputed: majors[0] === majors[1] ? (majors[0] as number) : [Math.min(...majors), Math.max(...majors)],
    recomputed_ci: null,
    reasons: [
      {
        bearing: known.every((version) => version === VERSION) ? "supports" : "contradicts",
        text: `the notes of ${noted.map(({ platform, version }) => `${platform} say ${version}`).join(", those of ")}`,
        numbers: Object.fromEntries(AZURE.map((platform, index) => [platform, majors[index] as number])),
      },
    ],
  };
}
