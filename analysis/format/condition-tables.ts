/** The tables of a platform's report. */
import { TIERS } from "../../research/phases.ts";
import type { ConditionSummary } from "../summarise.ts";
import { type Block, code, left, right } from "./document.ts";
import { interval, MISSING, ms, pct } from "./numbers.ts";

/** One row a condition: how many, how long, how sure. */
export function conditionTable(conditions: readonly ConditionSummary[]): Block {
  return {
    kind: "table",
    caption: "Starts by condition, total in ms",
    columns: [
      ...[left("image"), left("mode"), left("probe"), right("n"), right("failed")],
      ...[right("mean"), right("95 % CI"), right("SD"), right("median"), right("95 % CI"), right("min"), right("max")],
    ],
    rows: conditions.map(({ image, mode, probe, n, failed, total_ms: total }) => [
      ...[image, mode, probe, String(n), String(failed)],
      ...(total === null
        ? Array.from({ length: 7 }, () => MISSING)
        : [
            ...[ms(total.mean), interval(total.mean_ci), ms(total.sd)],
            ...[ms(total.median), interval(total.median_ci), ms(total.min), ms(total.max)],
          ]),
    ]),
  };
}

/** Tiers first, then the phases in their usual order. */
export function phaseTable({ image, mode, probe, total_ms, tiers, phases }: ConditionSummary): Block[] {
  if (total_ms === null) return [];
  const enclosing = phases.filter((phase) => phase.encloses.length > 0);
  const tierRows = TIERS.map((tier) => {
    const summary = tiers[`${tier}_ms`];
    return [tier, "all phases", String(summary?.n ?? 0), ms(summary?.median ?? null), pct(summary?.share_pct ?? null)];
  });
  const phaseRows = phases.map(({ phase, tier, n, median_ms, share_pct, encloses }) => [
    tier ?? "several",
    encloses.length === 0 ? phase : `${phase} +${encloses.length}`,
    String(n),
    ms(median_ms),
    pct(share_pct),
  ]);
  return [
    {
      kind: "table",
      caption: `${image}, ${mode} (${probe}): tiers and phases`,
      columns: [left("tier"), left("phase"), right("n"), right("median ms"), right("share %")],
      rows: [...tierRows, ["total", "", String(total_ms.n), ms(total_ms.median), "100"], ...phaseRows],
    },
    ...enclosing.map(
      ({ phase, encloses }): Block => ({
        kind: "paragraph",
        text: [code(phase), ` +${encloses.length}: holds the time of ${encloses.join(", ")}, whose beginning was not seen.`],
      }),
    ),
  ];
}
