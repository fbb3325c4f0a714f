/** The run that --resume goes on with: the last of its platforms, by what their manifests say. */
import type { AskedFor, PlannedRun, PlannedSession, Session } from "../../../../research/manifest.ts";
import { MisuseError } from "../../../../research/misuse.ts";

interface Planned {
  readonly label: string;
  readonly runs: readonly PlannedRun[];
  readonly sessions: readonly Session[];
}

export interface InterruptedRun {
  readonly asked: AskedFor;
  /** In the order in which they were named; the plan of one whose turn never came is not written yet. */
  readonly platforms: readonly { readonly label: string; readonly plan: PlannedRun | undefined }[];
}

const INSTEAD = "add a session with --append, or measure under another label";

/**
 * @param platforms those that were named
 * @returns `undefined` where nothing was measured yet
 * @throws MisuseError when it cannot be told what to go on with
 */
export function interruptedRun(platforms: readonly Planned[]): InterruptedRun | undefined {
  if (platforms.every(({ sessions }) => sessions.length === 0)) return undefined;
  const labels = platforms.map(({ label }) => label);
  for (const { label, runs } of platforms) {
    const together = runs.at(-1)?.platforms;
    if (platforms.length === 1 && together !== undefined)
      throw new MisuseError(
        `${label} was measured in turns with ${together.filter((other) => other !== label).join(", ")}: --resume needs them all, ${together.map((each) => `--platform ${each}=ENGINE`).join(" ")}`,
      );
  }
  const isTheirs = ({ platforms: together = labels.slice(0, 1) }: PlannedRun): boolean =>
    [...together].sort().join() === [...labels].sort().join();
  const last = platforms.map(({ label, runs, sessions }) => {
    const run = runs.at(-1);
    return { label, plan: run !== undefined && isTheirs(run) && isWritten(run, sessions) ? run : undefined };
  });
  const found = last.find(({ plan }) => plan !== undefined)?.plan;
  if (found === undefined)
    throw new MisuseError(
      platforms.length === 1
        ? `${labels.join()} was measured by a version of tierbench that wrote no plan: it cannot be resumed; ${INSTEAD}`
        : `the last runs of ${labels.join(" and ")} were not in turns with each other: --resume cannot go on with them; ${INSTEAD}`,
    );
  if (found.asked === undefined)
    throw new MisuseError(
      `${labels.join()} was measured by a version of tierbench that did not record its options: it cannot be resumed; ${INSTEAD}`,
    );
  const order = found.platforms ?? labels;
  return {
    asked: found.asked,
    platforms: order.map((label) => last.find((each) => each.label === label) ?? { label, plan: undefined }),
  };
}

const isWritten = ({ sessions: planned }: PlannedRun, sessions: readonly Session[]): boolean =>
  planned.some(({ session }) => sessions.some((entry) => entry.session === session));

/** Complete, or left to another session, which measures what remained. */
export const isDone = (planned: PlannedSession, { sessions }: PlannedRun, entries: readonly Session[]): boolean =>
  sessions.some(({ rest_of }) => rest_of === planned.session) ||
  entries.some(({ session, ending }) => session === planned.session && ending === "complete");

/** The first planned of those that measure a portion together. */
export function rootOf(planned: PlannedSession, plan: PlannedRun): PlannedSession {
  const before = plan.sessions.find(({ session }) => session === planned.rest_of);
  return before === undefined ? planned : rootOf(before, plan);
}

/** Those that measure its portion with it, itself included. */
export const familyOf = (planned: PlannedSession, plan: PlannedRun): PlannedSession[] => {
  const root = rootOf(planned, plan);
  return plan.sessions.filter((other) => rootOf(other, plan) === root);
};

/** The sessions that share the iterations of a run. */
export const portionsOf = ({ sessions }: PlannedRun): PlannedSession[] => sessions.filter(({ rest_of }) => rest_of === undefined);

export interface Step {
  /** Index of the platform. */
  readonly platform: number;
  readonly planned: PlannedSession;
  /** From 0: those of a round come one after the other. */
  readonly round: number;
}

/** All sessions of a run in the order in which they come; what is left of one follows it. */
export function stepsOf(plans: readonly PlannedRun[]): Step[] {
  const steps = plans.flatMap((plan, platform) =>
    plan.sessions.map((planned) => {
      const root = rootOf(planned, plan);
      return { platform, planned, round: portionsOf(plan).indexOf(root), turn: root.turn ?? 1 };
    }),
  );
  return steps.sort((a, b) => a.round - b.round || a.turn - b.turn || a.planned.session - b.planned.session);
}
