/** The plan of a run as recorded in the manifests of its platforms. */
import type { PlannedRun, Session } from "../../../research/manifest.ts";
import type { PlannedTurn } from "../../design/session-plan.ts";
import type { RunRequest } from "./run-request.ts";

/**
 * A plan for each platform. Session numbers continue its own; round numbers continue from the last round that any of
 * the platforms took part in, so that a number stands for one round of them.
 * @param earlier sessions of each platform
 */
export function planRuns(
  {
    iterations,
    precision,
    seed,
    asked,
    platforms,
  }: Pick<RunRequest, "iterations" | "precision" | "seed" | "asked" | "platforms">,
  earlier: readonly (readonly Pick<Session, "session" | "round">[])[],
  turns: readonly PlannedTurn[],
): PlannedRun[] {
  const lastRound = Math.max(0, ...earlier.flat().map(({ round = 0 }) => round));
  return earlier.map((sessions, index) => {
    const last = Math.max(0, ...sessions.map(({ session }) => session));
    const planned = turns.filter(({ platform }) => platform === index);
    return {
      ...{ seed, iterations, ...(precision === undefined ? {} : { precision }) },
      sessions: planned.map(({ seed: own, round, turn }) => ({
        ...{ session: last + round + 1, seed: own },
        ...(earlier.length === 1 ? {} : { round: lastRound + round + 1, turn: turn + 1 }),
      })),
      ...(earlier.length === 1 ? {} : { platforms: platforms.map(({ label }) => label) }),
      asked,
    };
  });
}
