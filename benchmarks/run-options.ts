/** What `run` was asked for, checked before any engine is touched. */
import { MisuseError } from "../research/misuse.ts";
import { type Mode, STARTUP } from "../research/protocol.ts";

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
