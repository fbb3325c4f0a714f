/** Conditions of one platform against each other, paired within blocks. */

import { factor, interval, MISSING, ms, pValue } from "../../samples/numbers.ts";
import type { PairedComparison } from "../../summaries/paired-conditions.ts";
import { type Block, left, right } from "../document/document.ts";

export function pairedTable(paired: readonly PairedComparison[]): Block[] {
  if (paired.length === 0) return [];
  return [
    {
      kind: "table",
      caption: "Conditions against each other, paired within blocks: a relative to b",
      columns: [
        ...[left("experiment"), left("metric"), left("a"), left("b"), right("pairs"), right("ratio"), right("95 % CI")],
        ...[right("shift"), right("95 % CI"), left("unit"), right("p Holm")],
      ],
      rows: paired.map(({ experiment, metric, a, b, pairs, ratio, ratio_ci, shift, shift_ci, unit, p_holm, defects }) => [
        ...[experiment, metric, a, b, String(pairs)],
        ...[factor(ratio), ratio_ci === null ? MISSING : `${factor(ratio_ci[0])}–${factor(ratio_ci[1])}`],
        ...[ms(shift), interval(shift_ci), unit, defects.length > 0 ? "none: defect" : pValue(p_holm)],
      ]),
    },
  ];
}
