/** What the starts of a condition wait for: each cause with its share, and the longest waits with what helps. */
import { hanging } from "../../../research/text/screen/fit.ts";
import { atMost, plain } from "../../../research/text/screen/screen.ts";
import { fitted } from "../../../research/text/screen/table.ts";
import { CAUSES_OF_TIME } from "../../../research/why/causes.ts";
import { remedyFor } from "../../../research/why/remedies.ts";
import { ms, pct, pctInterval } from "../../samples/numbers.ts";
import type { ConditionSummary, WaitSummary } from "../../summaries/summary.ts";
import { causesOf } from "../analysis/parts.ts";

const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length));
const ALL = Object.values(CAUSES_OF_TIME);
/** Neither is ever shortened: a clause goes first, an interval next. */
const LABEL_COLUMNS = widest(ALL.map(({ label }) => label));
const MEANING_COLUMNS = widest(ALL.map(({ meaning }) => meaning));

/** Nothing for a condition that was not split by cause. */
export function causeRows(condition: ConditionSummary, columns: number): string[] {
  const causes = causesOf(condition);
  if (causes.length === 0) return [];
  return fitted(
    [
      { title: `causes in “${plain(condition.condition)}”`, align: "left", least: LABEL_COLUMNS },
      { title: "mean ms", align: "right" },
      { title: "share %", align: "right" },
      { title: "95 % CI", align: "right", drop: 2 },
      { title: "what it is", align: "left", fills: [MEANING_COLUMNS, MEANING_COLUMNS], drop: 1 },
    ],
    causes.map(({ mean, part }) => {
      const { label, meaning } = CAUSES_OF_TIME[part.cause];
      return [label, ...amounts(mean, part), meaning];
    }),
    columns,
  );
}

/** @param most lines */
export function waitRows({ waits = [] }: ConditionSummary, columns: number, most: number): string[] {
  if (waits.length === 0 || most < 2) return [];
  const [header = "", ...lines] = fitted(
    [
      // Cut at its end: who waits for what comes first.
      { title: "longest waits", align: "left", fills: [36, 90] },
      { title: "mean ms", align: "right" },
      { title: "share %", align: "right" },
      { title: "95 % CI", align: "right", drop: 1 },
    ],
    waits.map((wait) => [plain(sentence(wait)), ...amounts(wait.mean_ms, wait)]),
    columns,
  );
  const [helped] = waits.flatMap((wait) => {
    const helps = remedyFor(wait.cause, wait.program, wait.place)?.helps;
    return helps === undefined ? [] : [{ wait, helps }];
  });
  const advice =
    helped === undefined ? [] : hanging("  what helps: ", plain(`${sentence(helped.wait)} → ${helped.helps}`), columns, 3);
  const room = Math.max(1, most - 1 - advice.length);
  return [header, ...atMost(lines, room, (left) => `    and ${left} more: --full`), ...advice];
}

/** The trace tells microseconds: less than one in the mean of a start is no number, nor is its share. */
const LEAST_MS = 0.001;

const amounts = (mean_ms: number | null, { share_pct, share_ci }: Pick<WaitSummary, "share_pct" | "share_ci">): string[] =>
  mean_ms !== null && mean_ms > 0 && mean_ms < LEAST_MS
    ? [`<${LEAST_MS}`, "<0.01", ""]
    : [ms(mean_ms), pct(share_pct), pctInterval(share_ci, "")];

const sentence = ({ cause, program, place }: Pick<WaitSummary, "cause" | "program" | "place">): string =>
  `${program} ${CAUSES_OF_TIME[cause].label}${place === null ? "" : `: ${place}`}`;
