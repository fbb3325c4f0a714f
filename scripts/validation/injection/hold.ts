/** Waits of a known length. */
import { setTimeout as sleep } from "node:timers/promises";

/** Timers are late by a millisecond or so: the end of a wait is spun away. */
const SPIN_MS = 3;

/** @returns how long it really was, in ns */
export async function hold(milliseconds: number): Promise<bigint> {
  if (milliseconds === 0) return 0n;
  const began = process.hrtime.bigint();
  const end = began + BigInt(Math.round(milliseconds * 1e6));
  await sleep(Math.max(0, milliseconds - SPIN_MS));
  while (process.hrtime.bigint() < end);
  return process.hrtime.bigint() - began;
}
