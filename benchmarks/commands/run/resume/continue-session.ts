/** The entry of a session that was ended early, as it goes on. */
import type { Session } from "../../../../research/manifest.ts";

/**
 * It stays one session, also where the engine or its machine was started again since: what is said of it is what it began
 * with, and each time that it went on is recorded.
 * @param now the entry that it would have if it began now
 * @throws Error where what is left cannot be measured as the rest was
 */
export function continueSession(interrupted: Session, now: Session): Session {
  const { tool, started: at, load_before, engine_start } = now;
  if (now.probe.name !== interrupted.probe.name)
    throw new Error(
      `--resume goes on with the probe ${interrupted.probe.name}, with which session ${interrupted.session} began, but only ${now.probe.name} works now (${now.probe.reason})`,
    );
  if (interrupted.iterations.cold > 0 && now.iterations.cold === 0)
    throw new Error(
      `session ${interrupted.session} has cold starts, and they cannot be measured now: see tierbench doctor, and resume when they can`,
    );
  const engine_restarted = restarted(interrupted, engine_start);
  const continued = [...(interrupted.continued ?? []), { at, tool, engine_restarted, load_before }];
  return {
    ...interrupted,
    ...{ continued, ended: null, ending: null, load_after: null },
    ...(engine_start === undefined ? {} : { engine_start }),
    warnings: [...interrupted.warnings, ...(engine_restarted === true ? [restartWarning(interrupted.session)] : [])],
  };
}

/** `null` where the engine does not tell. */
const restarted = ({ engine_start: before }: Session, now: string | undefined): boolean | null =>
  before === undefined || now === undefined ? null : before !== now;

const restartWarning = (session: number): Session["warnings"][number] => ({
  summary: `session ${session} was measured on two starts of the engine`,
  evidence: "it was ended early, the engine was started again, and --resume went on with it",
  remedy: "it counts as one session; what differs from one start of the engine to the next is in it as a change of level",
});
