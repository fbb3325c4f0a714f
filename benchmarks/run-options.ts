/** What `run` was asked for, checked before any engine is touched. */
import { MisuseError } from "../research/misuse.ts";
import { type Mode, STARTUP } from "../research/protocol.ts";

/** Seeds are 31 bits: every generator takes them, and people can type them. */
export const SEED_LIMIT = 2 ** 31;

/** @throws MisuseError */
export function wholeNumber(option: string, value: number, from: number, to: number): number {
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  throw new MisuseError(`${option} takes a whole number from ${from} to ${to}, got ${value}`);
}

/** Cold starts come in the protocol's proportion to the warm ones. */
export const iterationsOf = (warm: number, coldIsMeasurable: boolean): Record<Mode, number> => ({
  warm,
  cold: coldIsMeasurable ? Math.round((warm * STARTUP.coldIterations) / STARTUP.warmIterations) : 0,
});
