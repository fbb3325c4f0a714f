import { duration, oneOf, optional } from "../csv/cells.ts";
import { tooShort } from "../table.ts";
import { SHORTEST_CLONE_NS, SHORTEST_PROCESS_NS, SHORTEST_START_NS } from "./columns/shortest.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

/** From the bottom: each has more around the same program than the one before. */
export const RUNGS = ["exec", "unshare", "crun", "runc", "api", "cli"] as const;
export type Rung = (typeof RUNGS)[number];
/** Those that are one child process of the client. */
export type ProcessRung = Exclude<Rung, "api">;

/** The others are containers. */
const PROCESSES: ReadonlySet<Rung> = new Set(["exec", "unshare"]);

const LAG_NS = 2e9;

export const ladderTable = defineTrialTable(
  "ladder",
  "One row per run of the same static program, through more and more layers. The times are the client's, from just before it spawned a process, or sent the create request.",
  {
    rung: oneOf(
      RUNGS,
      "exec: the program itself; unshare: by unshare(1), in namespaces as a container has; crun, runc: in a container, by `run` of that OCI runtime; api: in a container of the engine, as in startup; cli: by `docker run --rm`",
    ),
  },
  {
    spawned_ns: optional(
      duration(
        "until the client's call that forks and executes the program had returned: what spawning costs the client; api: empty",
      ),
    ),
    first_byte_ns: optional(duration("until the client had read the first byte of the program's output")),
    ended_ns: optional(
      duration(
        "until the client learned of the end: of the process that it had spawned; for api, until the answer to wait had been read",
      ),
    ),
    removed_ns: optional(
      duration("api: until the answer to remove had been read; crun, runc and cli remove their container before they end: empty"),
    ),
  },
  {
    needs: ["first_byte_ns", "ended_ns"],
    positive: ["ended_ns"],
    shortest: { spawned_ns: SHORTEST_CLONE_NS, first_byte_ns: SHORTEST_PROCESS_NS, ended_ns: SHORTEST_PROCESS_NS },
    checks: [
      ({ outcome, rung, first_byte_ns }) =>
        outcome === "ok" && !PROCESSES.has(rung) && first_byte_ns !== null && first_byte_ns < SHORTEST_START_NS
          ? tooShort("first_byte_ns", first_byte_ns, SHORTEST_START_NS, "ns")
          : undefined,
      ({ rung, spawned_ns, removed_ns }) => {
        if (rung === "api") return spawned_ns === null ? undefined : "spawned_ns of the rung api, which spawns nothing";
        return removed_ns === null ? undefined : `removed_ns of the rung ${rung}, which removes its container before it ends`;
      },
      // The client may hear of the end before it has read what was written before: never by as much as this.
      ({ first_byte_ns, ended_ns }) =>
        first_byte_ns !== null && ended_ns !== null && first_byte_ns > ended_ns + LAG_NS
          ? `first_byte_ns ${first_byte_ns} is after ended_ns ${ended_ns}`
          : undefined,
      ({ spawned_ns, ended_ns, removed_ns }) => {
        if (spawned_ns !== null && ended_ns !== null && ended_ns < spawned_ns) return "ended_ns is before spawned_ns";
        return removed_ns !== null && ended_ns !== null && removed_ns < ended_ns ? "removed_ns is before ended_ns" : undefined;
      },
    ],
  },
);
