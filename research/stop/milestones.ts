/** Every milestone of a container's end, in the order in which they usually come: the table `stop` has a column for each. */
import type { ProbeName } from "../milestones.ts";

interface StopMilestoneDeclaration {
  readonly probe: ProbeName;
  readonly meaning: string;
}

export const STOP_MILESTONES = {
  stop_sent: { probe: "client", meaning: "POST /containers/{id}/stop is about to be sent: the origin of all times" },
  kill_exec: { probe: "tracefs", meaning: "exec of the OCI runtime's `kill`, which sends the signal" },
  signal_sent: { probe: "tracefs", meaning: "the signal is sent to the container's first process" },
  kill_sent: { probe: "tracefs", meaning: "SIGKILL is sent to it, because it had not ended in time" },
  process_gone: { probe: "tracefs", meaning: "the container's first process has exited" },
  delete_exec: { probe: "tracefs", meaning: "exec of the OCI runtime's `delete`, which removes the container's cgroups" },
  delete_exit: { probe: "tracefs", meaning: "it has exited" },
  network_left: { probe: "events", meaning: "Docker's last `disconnect` event: the network is torn down" },
  unmounted: {
    probe: "tracefs",
    meaning: "return of the last unmount between network_left and stop_done, where one process makes all of them: the engine",
  },
  stop_done: { probe: "client", meaning: "the answer to stop has been read" },
  removed: { probe: "client", meaning: "the answer to remove has been read, and the container is gone" },
} as const satisfies Record<string, StopMilestoneDeclaration>;

export type StopMilestone = keyof typeof STOP_MILESTONES;
export const STOP_MILESTONE_NAMES = Object.keys(STOP_MILESTONES) as readonly StopMilestone[];

/** What must have happened before, where both were seen. */
export const STOP_CAUSES: Readonly<Partial<Record<StopMilestone, readonly StopMilestone[]>>> = {
  signal_sent: ["kill_exec"],
  // What has ended is sent no signal.
  process_gone: ["signal_sent", "kill_sent"],
  delete_exit: ["delete_exec"],
};
