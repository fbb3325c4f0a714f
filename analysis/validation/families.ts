/** Sessions that share the trials of one: where the engine went away, another session measured what was left. */
import type { Manifest } from "../../research/manifest.ts";

/** @returns of each session that is the rest of others: its own number, and theirs */
export function familiesOf({ runs = [] }: Pick<Manifest, "runs">): ReadonlyMap<number, readonly number[]> {
  const families = new Map<number, readonly number[]>();
  for (const { sessions } of runs)
    for (const { session, rest_of } of sessions)
      if (rest_of !== undefined) families.set(session, [session, ...(families.get(rest_of) ?? [rest_of])]);
  return families;
}
