/** Figure 7 has a bar for the namespaces of a machine on which they could not be measured. */
import { pct } from "../../samples/numbers.ts";
import { type AuditedStudy, findSample } from "../audited-study.ts";
import type { Assessment, Claim } from "../claim.ts";
import { meanOf } from "../extremes.ts";
import { FIGURE_SEVEN } from "../figure-seven.ts";
import { DATA, MACOS, NAMESPACES, STARTUP, WARM } from "./study.ts";

const typed = FIGURE_SEVEN[MACOS];
const published = {
  text: `${typed.namespaces_ms.toFixed(1)} ms on Docker Desktop`,
  value: typed.namespaces_ms,
  unit: "ms",
  decimals: 1,
  source: "arXiv:2602.15214v1, figure 7 (research/figures/fig7-overhead-decomposition.png)",
} as const;

export const figureSeven: Claim = {
  id: "figure-seven",
  claim: "On Docker Desktop, too, creating namespaces takes 8.0 ms of a start.",
  published,
  data: [
    { file: NAMESPACES, columns: [], conditions: [], platforms: [MACOS] },
    { file: STARTUP, columns: ["startup_ms"], conditions: [WARM("alpine")], platforms: [MACOS] },
  ],
  how: "Published: a number typed into the program that draws the figure. Recomputed: the mean of the machine's own file.",
  assess,
  figure: "fig7-overhead-decomposition",
  command: ["analyze", `${DATA}/${MACOS}`],
  remeasuring: null,
  view: "The bar of that machine shows no measurement. unshare is a program of Linux, and was not run in the virtual machine.",
};

function assess(study: AuditedStudy): Assessment {
  const of = { platform: MACOS, file: NAMESPACES, condition: "namespace_create", column: "duration_ms" };
  const measured = findSample(study, of);
  const start = findSample(study, { platform: MACOS, file: STARTUP, condition: WARM("alpine"), column: "startup_ms" });
  if (measured !== undefined && measured.values.length > 0) {
    const mean = meanOf(measured);
    const agrees = mean.toFixed(published.decimals) === typed.namespaces_ms.toFixed(published.decimals);
    const text = `the mean of ${NAMESPACES} on ${MACOS} is ${mean.toFixed(published.decimals)} ms`;
    return {
      recomputed: mean,
      recomputed_ci: null,
      reasons: [{ bearing: agrees ? "supports" : "contradicts", text, numbers: { mean } }],
    };
  }
  return {
    recomputed: null,
    recomputed_ci: null,
    reasons: [
      {
        bearing: "contradicts",
        text: `${NAMESPACES} of ${MACOS} has one row, and it says N/A: the bar and its ${pct((100 * typed.namespaces_ms) / typed.start_ms)} % were typed in, marked there as estimated; the figure does not say so`,
        numbers: { typed_ms: typed.namespaces_ms, ...(start === undefined ? {} : { start_ms: meanOf(start) }) },
      },
    ],
  };
}
