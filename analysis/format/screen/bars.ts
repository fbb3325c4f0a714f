/** A time as a bar of its tiers, on a scale that the rows share. */
import { TIERS, type Tier } from "../../../research/phases.ts";
import { ms } from "../../samples/numbers.ts";
import { tickStep } from "../../samples/tick-step.ts";
import type { ConditionRow } from "./condition-rows.ts";

export type Paint = (tier: Tier, text: string) => string;

/** Told apart without colour, too. The process is a sliver in most starts, and always drawn. */
const GLYPHS = { daemon: "▒", runtime: "█", process: "▏" } as const satisfies Record<Tier, string>;
/** In every bar that is split into tiers, and in no other. */
export const TIER_BAR = GLYPHS.process;
/** Of a value that is not split into tiers. */
const WHOLE = "█";

export const LEGEND = TIERS.map((tier) => `${GLYPHS[tier]} ${tier}`).join("  ");

/** The tiers' shares of a row's time, in per cent; `null` where they cannot be told apart, or are those of another time. */
export function tierShares({
  metric,
  summary: { metrics },
}: Pick<ConditionRow, "metric" | "summary">): Readonly<Record<Tier, number>> | null {
  if (metric !== "total_ms") return null;
  const shares = TIERS.map((tier) => metrics[`${tier}_ms`]?.part?.share_pct ?? null);
  const [daemon, runtime, process] = shares;
  return daemon == null || runtime == null || process == null ? null : { daemon, runtime, process };
}

export interface Bar {
  readonly value: number;
  readonly shares: Readonly<Record<Tier, number>> | null;
}

/** @param longest value of the scale, at the right end */
export function bar({ value, shares }: Bar, longest: number, columns: number, paint: Paint): string {
  const cells = Math.max(1, Math.round((value / longest) * columns));
  if (shares === null) return WHOLE.repeat(cells);
  const process = Math.max(1, Math.round((cells * shares.process) / 100));
  const daemon = Math.min(cells - process, Math.round((cells * shares.daemon) / 100));
  const runtime = Math.max(0, cells - process - daemon);
  const drawn = { daemon, runtime, process };
  return TIERS.map((tier) => paint(tier, GLYPHS[tier].repeat(Math.max(0, drawn[tier])))).join("");
}

/** `0     100    200    300`: the values of a scale above the columns where they lie, as many as there is room for. */
export function axis(longest: number, columns: number): string {
  const step = tickStep(longest, Math.max(2, Math.floor(columns / 8)));
  let line = "0";
  for (let tick = step; tick <= longest; tick += step) {
    const [at, label] = [Math.round((tick / longest) * columns), ms(tick)];
    const begins = Math.min(columns, at + 1) - label.length;
    if (begins > line.length) line = line.padEnd(begins) + label;
  }
  return line;
}
