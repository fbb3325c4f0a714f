/** Why a stop took as long as the container was given; `undefined` where it had not to be killed. */
import type { StopMilestones } from "../../research/stop/phases.ts";

export function killWords({ signal_sent, kill_sent }: StopMilestones, isIgnored: boolean | null | undefined): string | undefined {
  if (signal_sent === undefined || kill_sent === undefined) return undefined;
  const killed = `it was killed after ${((kill_sent - signal_sent) / 1e9).toFixed(1)} s`;
  return isIgnored
    ? `The container's first process ignores the stop signal, and ${killed}: the kernel drops a signal for which PID 1 has no handler. Start it with --init, let the shell exec the program, or name a signal that it handles (--stop-signal).`
    : `The container's first process got the stop signal and did not end, and ${killed}. A shorter --time, or a handler that ends sooner, makes it faster.`;
}
