/** Docker Desktop's virtual machine makes startup 2.69 times as long as native Linux. */
import { compareSamples } from "../../samples/compare-samples.ts";
import { factor, factorInterval } from "../../samples/numbers.ts";
import { type AuditedStudy, findingsOf, findSample } from "../audited-study.ts";
import type { Claim } from "../claim.ts";
import { fromFinding, type Reason } from "../reason.ts";
import { assessMachineRatio, needsOf } from "./machine-ratio.ts";
import { ABSTRACT, DATA, MACOS, SSD, STARTUP } from "./study.ts";

const published = { text: "2.69×", value: 2.69, unit: "×", decimals: 2, source: ABSTRACT } as const;

export const dockerDesktop: Claim = {
  id: "docker-desktop",
  claim: "Docker Desktop's hypervisor makes startup 2.69 times as long as native Linux on SSD.",
  published,
  data: needsOf(MACOS, SSD),
  how: "Published: ratio of the mean warm alpine startup on Docker Desktop and on the Azure SSD machine. Recomputed likewise; interval: BCa bootstrap.",
  tests: "startup-platforms",
  assess(study) {
    const assessment = assessMachineRatio(study, {
      ...{ slow: [MACOS], fast: [SSD], cause: "Docker Desktop's virtual machine", published },
      ofTheCause: [],
    });
    return { ...assessment, reasons: [...assessment.reasons, ...coldFasterThanWarm(study), ...coldRatio(study)] };
  },
  figure: "fig2-startup-variance",
  command: ["compare", `${DATA}/${MACOS}`, `${DATA}/${SSD}`],
  remeasuring: {
    experiment: "startup",
    what: "one machine with and without the virtual machine, several sessions each",
  },
  view: "Starts on that laptop took longer and scattered more. Another processor, engine, kernel and storage driver, and other containers that its notes list as running, differ along with the hypervisor; its own part is not known.",
};

/** A start with an empty cache cannot be the quicker one: where it is, something else decides. */
const coldFasterThanWarm = (study: AuditedStudy): Reason[] =>
  findingsOf(study, MACOS, "cold-faster-than-warm", "startup").map((finding) => fromFinding("undercuts", MACOS, finding));

function coldRatio(study: AuditedStudy): Reason[] {
  const [macos, ssd] = [MACOS, SSD].map((platform) =>
    findSample(study, { platform, file: STARTUP, condition: "alpine cold", column: "startup_ms" }),
  );
  if (macos === undefined || ssd === undefined) return [];
  const { ratio, ratio_ci } = compareSamples(macos.values, ssd.values);
  if (ratio === null || ratio_ci === null || ratio_ci[1] >= 1) return [];
  return [
    {
      bearing: "limits",
      text: `in the rows called cold Docker Desktop is the faster of the two, ratio ${factor(ratio)} (95 % CI ${factorInterval(ratio_ci)})`,
      numbers: { ratio, ratio_lo: ratio_ci[0], ratio_hi: ratio_ci[1] },
    },
  ];
}
