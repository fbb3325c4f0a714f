/** Conditions of one platform against each other, paired within blocks. */

import { factor, factorInterval, interval, MISSING, ms, pValue } from "../../samples/numbers.ts";
import type { PairedComparison } from "../../summaries/paired-conditions.ts";
import { type Block, besides, left, right } from "../document/document.ts";

export function pairedTable(paired: readonly PairedComparison[]): Block[] {
  if (paired.length === 0) return [];
  return [
    {
      kind: "table",
      caption: "Conditions against each other, paired within blocks: a relative to b",
      names: 4,
      columns: [
        ...[left("experiment"), left("metric"), left("a"), left("b"), right("pairs"), right("ratio"), besides("95 % CI")],
        ...[right("shift"), besides("95 % CI"), besides("jointly"), left("unit"), right("p Holm")],
      ],
      rows: paired.map(({ experiment, metric, a, b, pairs, ratio, ratio_ci, unit, p_holm, defects, ...of }) => [
        ...[experiment, metric, a, b, String(pairs)],
        ...[factor(ratio), ratio_ci === null ? MISSING : factorInterval(ratio_ci)],
        ...[
          ms(of.shift),
          interval(of.shift_ci),
          interval(of.shift_ci_simultaneous),
          unit,
          defects.length > 0 ? "none: defect" : pValue(p_holm),
        ],
      ]),
    },
    ...byPhase(paired),
  ];
}

/** Of variants: where the difference of the means lies. */
function byPhase(paired: readonly PairedComparison[]): Block[] {
  const rows = paired.flatMap(({ experiment, a, b, phases }) =>
    (phases ?? []).map((phase) => [
      ...[experiment, a, b, phase.phases.join(" + "), phase.tier ?? MISSING],
      ...[ms(phase.difference_ms), interval(phase.difference_ci), interval(phase.difference_ci_simultaneous)],
    ]),
  );
  if (rows.length === 0) return [];
  return [
    {
      kind: "table",
      caption:
        "Variants against the first, by phase: mean difference within blocks in ms, a less b; phases add up to the total's",
      names: 5,
      columns: [
        ...[left("experiment"), left("a"), left("b"), left("phase"), left("tier")],
        ...[right("difference"), besides("95 % CI"), besides("jointly")],
      ],
      rows,
    },
  ];
}
