/** Which sessions of two platforms are set against each other, and whether they were measured in turns. */

import type { Session } from "../../research/manifest.ts";
import { grouped } from "../samples/grouped.ts";
import { FEWEST_SESSIONS } from "../samples/sessions.ts";
import { type Measurement, sessionOf } from "../subjects/measurement.ts";
import type { Subject } from "../subjects/subject.ts";

/** Places of values, a list for each session. */
export type Places = readonly (readonly number[])[];

export interface MatchedSessions {
  /** Whether a's first and b's first came one after the other, and so on. */
  readonly paired: boolean;
  readonly a: Places;
  readonly b: Places;
}

/** Paired where platform.json says so of enough sessions; sessions without a partner are then left out. */
export function matchSessions(a: Subject, b: Subject, inA: Measurement, inB: Measurement): MatchedSessions {
  const [ofA, ofB] = [placesBySession(inA), placesBySession(inB)];
  const rounds = roundsOf(a, b).filter(([x, y]) => ofA.has(x) && ofB.has(y));
  if (rounds.length < FEWEST_SESSIONS) return { paired: false, a: [...ofA.values()], b: [...ofB.values()] };
  return { paired: true, a: rounds.map(([x]) => ofA.get(x) ?? []), b: rounds.map(([, y]) => ofB.get(y) ?? []) };
}

const placesBySession = ({ blocks }: Pick<Measurement, "blocks">): Map<number, number[]> =>
  grouped(blocks.keys(), (place) => sessionOf(blocks[place] as number));

/** Numbers of sessions that platform.json of both calls a pair. */
function roundsOf(a: Subject, b: Subject): (readonly [a: number, b: number])[] {
  if (!("manifest" in a.source && "manifest" in b.source)) return [];
  // Of one platform: in each of its sessions both took turns.
  if (a.source === b.source) return a.source.manifest.sessions.map(({ session }) => [session, session] as const);
  const [ofA, ofB] = [a.source.manifest, b.source.manifest];
  const inTurns = (sessions: readonly Session[], label: string): Map<number, number> =>
    new Map(
      sessions.flatMap(({ session, round, paired_with = [] }) =>
        round !== undefined && paired_with.includes(label) ? [[round, session] as const] : [],
      ),
    );
  const partners = inTurns(ofB.sessions, ofA.label);
  return [...inTurns(ofA.sessions, ofB.label)].flatMap(([round, session]) => {
    const partner = partners.get(round);
    return partner === undefined ? [] : [[session, partner] as const];
  });
}

/** The values of each session. */
export const valuesOf = (values: readonly number[], places: Places): number[][] =>
  places.map((session) => session.map((place) => values[place] as number));
