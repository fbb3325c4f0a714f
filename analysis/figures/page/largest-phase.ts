/** Where most of a start goes, as a title: "Network hook: 53 % of a warm start of small". */
import { phaseWords } from "../../../research/text/phase-words.ts";
import { roundPct } from "../../samples/numbers.ts";
import type { PhaseKind } from "../../subjects/starts.ts";
import { inTitle } from "../parts/short-names.ts";
import type { SplitStarts } from "../parts/split-starts.ts";

interface Shared extends PhaseKind {
  readonly share_pct: number;
}

/** Of the first condition; nothing is claimed of a phase that holds others that were not seen. */
export function largestPhase(shown: readonly (SplitStarts & { readonly shares: readonly Shared[] })[]): string {
  const [largest] = (shown[0]?.shares ?? []).toSorted((a, b) => b.share_pct - a.share_pct);
  return phaseTitle(shown, largest, largest === undefined ? "" : `${roundPct(largest.share_pct)} %`);
}

/** @param amount of that phase, such as `53 %` */
export function phaseTitle(shown: readonly SplitStarts[], largest: PhaseKind | undefined, amount: string): string {
  const [first] = shown;
  if (first === undefined) return "";
  const { image = "", mode = "" } = first.measurement.factors;
  const where = inTitle(
    shown.map(({ platform }) => platform),
    first.platform,
  );
  const start = `${mode} start of ${image}${where}`;
  if (largest === undefined || largest.encloses.length > 0) return `Phases of a ${start}`;
  const { title } = phaseWords({ phase: largest.phase, encloses: [] }, first.engine);
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}: ${amount} of a ${start}`;
}
