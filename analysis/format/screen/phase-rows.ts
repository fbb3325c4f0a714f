/** Where the time of one condition goes: its largest phases, or all of them, in words. */
import type { PhaseName } from "../../../research/phases.ts";
import { type Engine, phaseWords } from "../../../research/text/phase-words.ts";
import { plain } from "../../../research/text/screen/screen.ts";
import { fitted } from "../../../research/text/screen/table.ts";
import { ms, pctInterval, roundPct } from "../../samples/numbers.ts";
import { levelOf } from "../../summaries/described.ts";
import type { ConditionSummary } from "../../summaries/summary.ts";
import { type PhaseSummary, phasesOf } from "../analysis/parts.ts";

const LARGEST = 3;

/** @param all of them, in their usual order; else the largest three, and what is left */
export function phaseRows(condition: ConditionSummary, engine: Engine | undefined, columns: number, all: boolean): string[] {
  const phases = phasesOf(condition);
  if (phases.length === 0) return [];
  const share = ({ part }: PhaseSummary): number => part.share_pct ?? 0;
  const bySize = phases.toSorted((a, b) => share(b) - share(a));
  const listed = all ? phases : bySize.slice(0, LARGEST);
  const rest = bySize.slice(LARGEST);
  const rows = listed.map((each) => {
    const { part } = each;
    const kind = { phase: part.phase as PhaseName, encloses: part.encloses as PhaseName[] };
    const { title, clause } = phaseWords(kind, engine);
    const ends = pctInterval(part.share_ci, "");
    return [title, ms(levelOf(each).value), roundPct(part.share_pct), ends, all ? (part.tier ?? "several") : "", clause];
  });
  const left = rest.reduce((sum, phase) => sum + share(phase), 0);
  const others = all || rest.length === 0 ? [] : [[`${rest.length} other phases`, "", roundPct(left), "", "", ""]];
  return fitted(
    [
      { title: all ? "phase" : "largest phases", align: "left", least: 30 },
      { title: "median ms", align: "right" },
      { title: "mean %", align: "right" },
      { title: "95 % CI", align: "right", drop: 1 },
      { title: all ? "tier" : "", align: "left", drop: 2 },
      { title: `what happens (${plain(condition.condition)})`, align: "left", fills: [38, 64], drop: 3 },
    ],
    [...rows, ...others],
    columns,
  );
}
