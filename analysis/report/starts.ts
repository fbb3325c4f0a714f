/** Every start as data for the browser, which finds them by outcome, rows, block and time. */
import type { Tier } from "../../research/phases.ts";
import { OUTCOMES } from "../../research/protocol.ts";
import { byFactors, isStartTotal } from "../figures/parts/measured.ts";
import { phaseName } from "../figures/parts/tier-colours.ts";
import { conditionKey } from "../subjects/key.ts";
import { sessionOf } from "../subjects/measurement.ts";
import type { Start } from "../subjects/starts.ts";
import { engineOf, type Subject, variantsOf } from "../subjects/subject.ts";
import { packed } from "./packed-numbers.ts";

/**
 * Row of the file from 1, condition, outcome, session, block, total in µs (-1: none), phases, and how long each of them took in
 * µs. Condition, outcome and phases by their places in the lists beside.
 */
export type StartLine = readonly number[];

export interface StartsData {
  readonly label: string;
  readonly conditions: readonly string[];
  readonly outcomes: readonly string[];
  /** Of starts with the same phases: name and tier of each. */
  readonly kinds: readonly (readonly (readonly [name: string, tier: Tier | "several"])[])[];
  /** A {@link StartLine} each, packed. */
  readonly starts: readonly string[];
  /** As many as there are; of more than {@link MOST_STARTS}, every so many is here. */
  readonly count: number;
}

/** A page has to stay light. Failed starts are kept first. */
export const MOST_STARTS = 1000;
const BLOCKS = 2 ** 32;
const us = (ms: number): number => Math.round(1000 * ms);

export function startsOf(subject: Subject): StartsData {
  const totals = byFactors(subject.measurements.filter(isStartTotal), variantsOf(subject));
  const engine = engineOf(subject);
  const kinds: Start["kinds"][] = [];
  const kindOf = (start: Start | undefined): number => {
    if (start === undefined || start.kinds.length === 0) return -1;
    const known = kinds.indexOf(start.kinds);
    return known < 0 ? kinds.push(start.kinds) - 1 : known;
  };
  const failed: number[][] = [];
  const measured: number[][] = [];
  for (const [condition, total] of totals.entries()) {
    const known = subject.conditions.get(conditionKey(total));
    for (const { row, outcome, block } of known?.failures ?? [])
      failed.push([row, condition, OUTCOMES.indexOf(outcome), sessionOf(block), block % BLOCKS, -1, -1]);
    for (const [place, value] of total.values.entries()) {
      const [row, block, start] = [total.rows[place] ?? 0, total.blocks[place] ?? 0, known?.starts[place]];
      const line = [row, condition, OUTCOMES.indexOf("ok"), sessionOf(block), block % BLOCKS, us(value), kindOf(start)];
      measured.push([...line, ...durations(start)]);
    }
  }
  const room = Math.max(0, MOST_STARTS - failed.length);
  const step = Math.max(1, measured.length / Math.max(1, room));
  const kept = Array.from(
    { length: Math.min(measured.length, room) },
    (_, place) => measured[Math.floor(place * step)] as number[],
  );
  return {
    label: subject.label,
    conditions: totals.map(({ condition }) => condition),
    outcomes: OUTCOMES,
    kinds: kinds.map((kind) => kind.map((phase) => [phaseName(phase, engine), phase.tier ?? "several"] as const)),
    starts: [...failed, ...kept].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)).map(packed),
    count: failed.length + measured.length,
  };
}

const durations = (start: Start | undefined): number[] =>
  start === undefined
    ? []
    : start.bounds_ns.slice(1).map((end, index) => Math.round((end - (start.bounds_ns[index] ?? 0)) / 1000));
