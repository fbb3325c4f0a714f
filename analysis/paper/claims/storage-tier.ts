/** A disk of the HDD tier makes startup 2.04 times as long as one of the SSD tier. */

import { compareSamples } from "../../samples/compare-samples.ts";
import { factor, factorInterval } from "../../samples/numbers.ts";
import { type AuditedStudy, findSample, machineOf } from "../audited-study.ts";
import type { Claim } from "../claim.ts";
import type { Reason } from "../reason.ts";
import { assessMachineRatio, needsOf } from "./machine-ratio.ts";
import { ABSTRACT, CPU, DATA, HDD, SSD } from "./study.ts";

const published = { text: "2.04× (HDD 1157 ms, SSD 568 ms)", value: 2.04, unit: "×", decimals: 2, source: ABSTRACT } as const;

export const storageTier: Claim = {
  id: "storage-tier",
  claim: "The storage tier makes startup 2.04 times as long: 1157 ms on HDD, 568 ms on SSD.",
  published,
  data: needsOf(HDD, SSD),
  how: "Published: ratio of the mean warm alpine startup of the two Azure machines. Recomputed likewise; interval: BCa bootstrap.",
  tests: "startup-platforms",
  assess(study) {
    const assessment = assessMachineRatio(study, {
      ...{ slow: [HDD], fast: [SSD], cause: "the storage tier", published },
      ofTheCause: ["disk type"],
    });
    return { ...assessment, reasons: [...assessment.reasons, ...sameDiskType(study), ...withoutStorage(study)] };
  },
  figure: "fig1-startup-latency",
  command: ["compare", `${DATA}/${HDD}`, `${DATA}/${SSD}`],
  remeasuring: {
    experiment: "startup",
    what: "several machines a tier that differ in nothing but the disk; the phases tell where a slow disk is waited for",
  },
  view: "The HDD machine was clearly slower. That the disk is the reason is plausible; measuring its part takes more than one machine per tier.",
};

function sameDiskType(study: AuditedStudy): Reason[] {
  const [hdd, ssd] = [HDD, SSD].map((label) => machineOf(study, label)?.facts["disk type"]);
  if (hdd === undefined || hdd !== ssd) return [];
  return [
    {
      bearing: "limits",
      text: `the notes of both machines give the disk type ${hdd}, as virtual disks often report it: the tier rests on the platforms' names`,
      numbers: {},
    },
  ];
}

/** A counting loop reads and writes nothing. */
function withoutStorage(study: AuditedStudy): Reason[] {
  const [hdd, ssd] = [HDD, SSD].map((platform) =>
    findSample(study, { platform, file: CPU, condition: "50 %", column: "measured_pct" }),
  );
  if (hdd === undefined || ssd === undefined) return [];
  const { ratio, ratio_ci } = compareSamples(hdd.values, ssd.values);
  if (ratio === null || ratio_ci === null || (ratio_ci[0] <= 1 && ratio_ci[1] >= 1)) return [];
  return [
    {
      bearing: "limits",
      text: `the machines also differ where no disk is used: the counting loop under a CPU limit gives a ratio of ${factor(ratio)} (95 % CI ${factorInterval(ratio_ci)})`,
      numbers: { ratio, ratio_lo: ratio_ci[0], ratio_hi: ratio_ci[1] },
    },
  ];
}
