/** What `run` was asked for, checked before any engine is touched. */
import { MisuseError } from "../research/misuse.ts";
import { type Mode, STARTUP } from "../research/protocol.ts";
import type { Experiment } from "./experiment.ts";
import type { Block } from "./schedule.ts";

/** Seeds are 31 bits: every generator takes them, and people can type them. */
export const SEED_LIMIT = 2 ** 31;

/**
 * @param text as typed: the command line's parser is not asked for numbers, it adds those of an option given twice
 * @throws MisuseError
 */
export function wholeNumber(option: string, text: string, from: number, to: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  throw new MisuseError(`${option} takes a whole number from ${from} to ${to}, got ${JSON.stringify(text)}`);
}

/** Cold starts come in the protocol's proportion to the warm ones. */
export const iterationsOf = (warm: number, coldIsMeasurable: boolean): Record<Mode, number> => ({
  warm,
  cold: coldIsMeasurable ? Math.round((warm * STARTUP.coldIterations) / STARTUP.warmIterations) : 0,
});

/** A start with its removal on a slow machine; cold ones take twice as long. */
const START_SECONDS = 0.6;

/** About how long a run will take. */
export function minutesOf(startup: readonly Block[], others: readonly Experiment[], iterations: number): number {
  const starts = startup.flatMap(({ trials }) => trials).reduce((sum, { mode }) => sum + (mode === "cold" ? 2 : 1), 0);
  const seconds = others.map((other) => {
    const { iterations: measured, warmup_blocks } = other.plan(iterations);
    return other.blockSeconds * (measured + warmup_blocks);
  });
  return Math.ceil((START_SECONDS * starts + seconds.reduce((sum, one) => sum + one, 0)) / 60);
}
