/** What `compare` says of many pairs of groups, counted. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { whatCompareSays } from "./called.ts";
import type { Groups } from "./groups.ts";
import { type Measured, writeGroup } from "./regroup.ts";

/** Whose sessions the two sides are, and whether their rounds pair them. */
export interface Sides {
  readonly a: Measured;
  readonly b: Measured;
  readonly paired: boolean;
  /** What a is slower by. */
  readonly factor?: number;
}

export interface Told {
  readonly comparisons: number;
  /** Of warm starts, of cold ones, and of either: a direction was named. */
  readonly warm: number;
  readonly cold: number;
  readonly family: number;
  /** The gate of 5 % closed. */
  readonly gate: number;
  /** No condition had a verdict. */
  readonly silent: number;
}

/** @param groups numbers of sessions of a and of b; of rounds where the sides are paired, which have the same */
export function tell({ a, b, paired, factor = 1 }: Sides, groups: readonly Groups[], toolVersion: string): Told {
  const place = mkdtempSync(join(tmpdir(), "tierbench-aa-groups-"));
  const told = { comparisons: groups.length, warm: 0, cold: 0, family: 0, gate: 0, silent: 0 };
  try {
    for (const group of groups) {
      const [inA, inB] = paired ? [ofRounds(a, group.a), ofRounds(b, group.b)] : [group.a, group.b];
      const partner = (label: string) => (paired ? { partner: label } : {});
      const folders = [
        writeGroup(place, a, { label: "left", sessions: inA, factor, ...partner("right") }),
        writeGroup(place, b, { label: "right", sessions: inB, ...partner("left") }),
      ] as const;
      const { different, withoutVerdict, beyond } = whatCompareSays(folders, "right", toolVersion);
      const [warm, cold] = ["small warm", "small cold"].map((condition) => different[condition] === true);
      told.warm += Number(warm);
      told.cold += Number(cold);
      told.family += Number(Object.values(different).some(Boolean));
      told.gate += Number(beyond);
      told.silent += Number(withoutVerdict.length === Object.keys(different).length);
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
  return told;
}

const ofRounds = ({ manifest }: Measured, rounds: readonly number[]): number[] =>
  manifest.sessions.flatMap(({ session, round }) => (round !== undefined && rounds.includes(round) ? [session] : []));

/** Sessions that were measured to their end. */
export const completeSessions = ({ manifest }: Measured): number[] =>
  manifest.sessions.flatMap(({ session, ending }) => (ending === "complete" ? [session] : []));

/** Rounds in which both were measured to their end. */
export function commonRounds(a: Measured, b: Measured): number[] {
  const of = ({ manifest }: Measured): number[] =>
    manifest.sessions.flatMap(({ round, ending }) => (round !== undefined && ending === "complete" ? [round] : []));
  const inB = new Set(of(b));
  return of(a).filter((round) => inB.has(round));
}
