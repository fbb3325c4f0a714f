/** The tables of starts that were split by cause. */
import { CAUSES_OF_TIME } from "../../../research/why/causes.ts";
import { remedyFor } from "../../../research/why/remedies.ts";
import { ms, pct, pctInterval } from "../../samples/numbers.ts";
import type { ConditionSummary } from "../../summaries/summary.ts";
import { causesOf } from "../analysis/parts.ts";
import { type Block, besides, left, right } from "../document/document.ts";

/** None for other conditions. */
export function causeTables(condition: ConditionSummary): Block[] {
  const causes = causesOf(condition);
  if (causes.length === 0) return [];
  const shares = [right("mean ms"), right("share %"), besides("95 % CI")];
  return [
    {
      kind: "table",
      caption: `${condition.condition}: what a start waits for, by cause`,
      names: 2,
      columns: [left("cause"), left("in words"), ...shares],
      rows: causes.map(({ mean, part: { cause, share_pct, share_ci } }) => [
        ...[cause, CAUSES_OF_TIME[cause].label, ms(mean), pct(share_pct), pctInterval(share_ci)],
      ]),
    },
    {
      kind: "table",
      caption: `${condition.condition}: the longest of it, on the critical path, and what helps`,
      names: 3,
      columns: [left("program"), left("cause"), left("place"), ...shares, left("what helps"), left("what that costs")],
      rows: (condition.waits ?? []).map(({ cause, program, place, mean_ms, share_pct, share_ci }) => {
        const remedy = remedyFor(cause, program, place);
        return [
          ...[program, cause, place ?? "", ms(mean_ms), pct(share_pct), pctInterval(share_ci)],
          ...[remedy?.helps ?? "", remedy?.costs ?? ""],
        ];
      }),
    },
  ];
}
