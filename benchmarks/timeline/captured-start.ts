/** Starts that were captured to a file: what client, engine and kernel recorded, for `trace --from` and for tests. */
import * as z from "zod";
import { firstIssue } from "../../research/text/first-issue.ts";
import { clockNs, unixNs } from "../../research/units.ts";
import { MARKS } from "./engine-event.ts";
import { causalBrackets, offsetByCausality } from "./event-clock.ts";
import type { Sightings } from "./timeline.ts";

const reading = z
  .string()
  .regex(/^\d{1,19}$/, "a clock reading in ns")
  .transform((text) => BigInt(text));

const captured = z.object({
  starts: z
    .array(
      z.object({
        client_pid: z.int().positive().optional(),
        container_id: z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits"),
        client_ns: z.record(z.string(), reading).refine((marks) => "create_sent" in marks, "create_sent is missing"),
        docker_events: z.array(z.object({ type: z.string(), action: z.string(), timeNano: reading })).default([]),
        trace: z.array(z.string()),
      }),
    )
    .min(1),
});

/** Podman's words; a capture has Docker's. */
const SYNONYMS: ReadonlySet<string> = new Set(["died", "remove"]);

/** The names that capture files use for the client's marks, and ours. */
const CLIENT_MARKS = {
  create_sent: "create_sent",
  create_done: "create_done",
  start_sent: "start_sent",
  start_done: "start_done",
  first_byte: "first_byte",
  wait_done: "wait_done",
  remove_done: "removed",
} as const;

/**
 * The text of a capture, which {@link parseCapturedStarts} reads.
 * @param start of a container on a machine whose kernel keeps the client's clock
 */
export function captureOf(start: Pick<Sightings, "containerId" | "clientPid" | "client" | "events" | "trace">): string {
  const client: Readonly<Record<string, bigint | undefined>> = start.client;
  const marks = Object.entries(CLIENT_MARKS).flatMap(([name, of]) => (client[of] === undefined ? [] : [[name, `${client[of]}`]]));
  const docker_events = Object.entries(MARKS).flatMap(([action, of]) => {
    const at = SYNONYMS.has(action) ? undefined : start.events[of];
    return at === undefined ? [] : [{ type: "container", action, timeNano: `${at}` }];
  });
  const { clientPid: client_pid, containerId: container_id, trace } = start;
  return JSON.stringify({ starts: [{ client_pid, container_id, client_ns: Object.fromEntries(marks), docker_events, trace }] });
}

/**
 * @param text JSON: `{starts: [{container_id, client_ns, docker_events, trace}]}`
 * @throws Error that names the file and the first field that is wrong
 */
export function parseCapturedStarts(text: string, file: string): Sightings[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file}: not JSON (${(cause as Error).message})`, { cause });
  }
  const parsed = captured.safeParse(json);
  if (!parsed.success) {
    throw new Error(
      `${file}: ${firstIssue(parsed.error)}; expected captured starts: {"starts": [{"container_id", "client_ns", "docker_events", "trace"}]}`,
    );
  }
  return parsed.data.starts.map((start) => {
    const marks = Object.entries(CLIENT_MARKS).flatMap(([from, to]) => {
      const at = start.client_ns[from];
      return at === undefined ? [] : [[to, clockNs(at)]];
    });
    const client: Sightings["client"] = Object.fromEntries(marks);
    const named = start.docker_events.flatMap(({ type, action, timeNano }) => {
      const name = type === "container" ? MARKS[action] : undefined;
      return name === undefined ? [] : [[name, unixNs(timeNano)]];
    });
    const events: Sightings["events"] = Object.fromEntries(named);
    const wall = offsetByCausality(causalBrackets(client, events));
    return { containerId: start.container_id, clientPid: start.client_pid, client, events, wall, trace: start.trace };
  });
}
