/** The tables of a platform's report. */
import { TIERS } from "../../../research/phases.ts";
import { MISSING, ms, pct, pctInterval } from "../../samples/numbers.ts";
import type { Interval } from "../../statistics/interval.ts";
import { levelOf } from "../../summaries/described.ts";
import { SEVERE_OUTLIERS } from "../../summaries/summarise.ts";
import type { ConditionSummary } from "../../summaries/summary.ts";
import { type Block, besides, code, left, right } from "../document/document.ts";
import { labelled, numbers, withoutOutliers } from "./metric-table.ts";
import { failuresOf, phasesOf, startFactors } from "./parts.ts";

/** One row a condition: how many, how long, how sure. A second one without outliers, where it was asked for. */
export function conditionTable(conditions: readonly ConditionSummary[]): Block {
  return {
    kind: "table",
    caption: "Starts by condition, total in ms",
    names: 3,
    columns: [
      ...[left("image"), left("mode"), left("probe"), right("n"), right("failed"), right("outliers")],
      ...[
        right("mean"),
        besides("95 % CI"),
        right("SD"),
        right("MAD"),
        right("median"),
        besides("95 % CI"),
        besides("±%"),
        right("min"),
        right("max"),
      ],
    ],
    rows: conditions.flatMap((condition) => {
      const { total_ms } = condition.metrics;
      if (total_ms === undefined) return [];
      const { n, outliers, without_outliers: trimmed } = total_ms;
      const [{ image, mode }, by] = [startFactors(condition), condition.probe ?? ""];
      return [
        [image, mode, by, String(n), String(failuresOf(condition)), labelled(outliers), ...numbers(total_ms)],
        ...(trimmed === null
          ? []
          : [[image, `${mode}, no outliers`, by, String(trimmed.n), "", "", ...withoutOutliers(trimmed, total_ms)]]),
      ];
    }),
  };
}

/** Tiers first, then the phases in their usual order. */
export function phaseTable(condition: ConditionSummary): Block[] {
  const { probe, metrics } = condition;
  const { total_ms } = metrics;
  if (total_ms === undefined || total_ms.n === 0) return [];
  const { image, mode } = startFactors(condition);
  const phases = phasesOf(condition);
  const enclosing = phases.filter(({ part }) => part.encloses.length > 0);
  const tierRows = TIERS.map((tier) => {
    const whole = metrics[`${tier}_ms`];
    const { n = 0, part = null, cautions = [] } = whole ?? {};
    const ends = shares(part?.share_ci ?? null, cautions);
    return [
      tier,
      "all phases",
      String(n),
      ms(whole === undefined ? null : levelOf(whole).value),
      pct(part?.share_pct ?? null),
      ends,
    ];
  });
  const phaseRows = phases.map((each) => {
    const { n, cautions, part } = each;
    const { phase, tier, share_pct, share_ci, encloses } = part;
    const name = encloses.length === 0 ? phase : `${phase} +${encloses.length}`;
    return [tier ?? "several", name, String(n), ms(levelOf(each).value), pct(share_pct), shares(share_ci, cautions)];
  });
  const rows = [...tierRows, ["total", "", String(total_ms.n), ms(levelOf(total_ms).value), "100", ""], ...phaseRows];
  return [
    {
      kind: "table",
      caption: `${image}, ${mode} (${probe}): tiers and phases`,
      names: 2,
      columns: [left("tier"), left("phase"), right("n"), right("median ms"), right("mean %"), besides("95 % CI")],
      rows,
    },
    ...(rows.flat().some((cell) => cell.endsWith("*")) ? [{ kind: "paragraph" as const, text: [`* ${SEVERE_OUTLIERS}.`] }] : []),
    ...enclosing.map(
      ({ part: { phase, encloses } }): Block => ({
        kind: "paragraph",
        text: [code(phase), ` +${encloses.length}: holds the time of ${encloses.join(", ")}, whose beginning was not seen.`],
      }),
    ),
  ];
}

/** With a star where it covers less than it claims. */
const shares = (ends: Interval | null, cautions: readonly string[]): string =>
  ends === null ? MISSING : `${pctInterval(ends)}${cautions.includes(SEVERE_OUTLIERS) ? "*" : ""}`;
