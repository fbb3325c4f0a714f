/** The tables of a platform's report. */

import { TIERS } from "../../../research/phases.ts";
import type { Description } from "../../samples/describe.ts";
import { interval, MISSING, ms, pct } from "../../samples/numbers.ts";
import type { Interval } from "../../statistics/interval.ts";
import { sum } from "../../statistics/sum.ts";
import type { ConditionSummary } from "../../summaries/summarise.ts";
import { type Block, code, left, right } from "../document/document.ts";

/** One row a condition: how many, how long, how sure. A second one without outliers, where it was asked for. */
export function conditionTable(conditions: readonly ConditionSummary[]): Block {
  return {
    kind: "table",
    caption: "Starts by condition, total in ms",
    columns: [
      ...[left("image"), left("mode"), left("probe"), right("n"), right("failed"), right("outliers")],
      ...[
        right("mean"),
        right("95 % CI"),
        right("SD"),
        right("MAD"),
        right("median"),
        right("95 % CI"),
        right("±%"),
        right("min"),
        right("max"),
      ],
    ],
    rows: conditions.flatMap(
      ({ image, mode, probe, n, failed, outliers, precision, total_ms, total_without_outliers_ms: trimmed }) => [
        [
          image,
          mode,
          probe,
          String(n),
          String(failed),
          labelled(outliers),
          ...totals(total_ms, precision?.half_width_pct ?? null),
        ],
        ...(trimmed === null
          ? []
          : [[image, `${mode}, no outliers`, probe, String(trimmed.n), "", "", ...totals(trimmed, null)]]),
      ],
    ),
  };
}

function totals(total: Description | null, halfWidth: number | null): string[] {
  if (total === null) return Array.from({ length: 9 }, () => MISSING);
  const { mean, mean_ci, sd, mad, median, median_ci, min, max } = total;
  return [ms(mean), interval(mean_ci), ms(sd), ms(mad), ms(median), interval(median_ci), pct(halfWidth), ms(min), ms(max)];
}

/** Mild and severe together, of both sides. */
const labelled = (outliers: ConditionSummary["outliers"]): string =>
  outliers === null ? MISSING : String(sum(Object.values(outliers)));

/** Tiers first, then the phases in their usual order. */
export function phaseTable({ image, mode, probe, total_ms, tiers, phases }: ConditionSummary): Block[] {
  if (total_ms === null) return [];
  const enclosing = phases.filter((phase) => phase.encloses.length > 0);
  const tierRows = TIERS.map((tier) => {
    const summary = tiers[`${tier}_ms`];
    return [
      tier,
      "all phases",
      String(summary?.n ?? 0),
      ms(summary?.median ?? null),
      pct(summary?.share_pct ?? null),
      shares(summary?.share_ci ?? null),
    ];
  });
  const phaseRows = phases.map(({ phase, tier, n, median_ms, share_pct, share_ci, encloses }) => [
    tier ?? "several",
    encloses.length === 0 ? phase : `${phase} +${encloses.length}`,
    String(n),
    ms(median_ms),
    pct(share_pct),
    shares(share_ci),
  ]);
  return [
    {
      kind: "table",
      caption: `${image}, ${mode} (${probe}): tiers and phases`,
      columns: [left("tier"), left("phase"), right("n"), right("median ms"), right("share %"), right("95 % CI")],
      rows: [...tierRows, ["total", "", String(total_ms.n), ms(total_ms.median), "100", ""], ...phaseRows],
    },
    ...enclosing.map(
      ({ phase, encloses }): Block => ({
        kind: "paragraph",
        text: [code(phase), ` +${encloses.length}: holds the time of ${encloses.join(", ")}, whose beginning was not seen.`],
      }),
    ),
  ];
}

const shares = (ends: Interval | null): string => (ends === null ? MISSING : `${pct(ends[0])}–${pct(ends[1])}`);
