/** A row against what platform.json says of its session. */
import type { Session } from "../../research/manifest.ts";
import type { AnyRow } from "../../research/tables/catalogue.ts";
import type { Say } from "./problem.ts";

export type SessionCheck = (row: AnyRow, say: Say) => void;

/** A client's wall clock may be set while it measures, by as much as a time server corrects: a minute. */
export const CLOCK_STEP_NS = 60_000_000_000n;

/** Each page once; resident ones are counted for every container. */
const OF_MEMORY = ["pss_bytes", "cgroup_file_bytes", "cgroup_anon_bytes"] as const;

const toNs = (time: string): bigint => BigInt(Date.parse(time)) * 1_000_000n;

/** What is looked up for each of a million rows is made once. */
export function sessionCheck({ started, ended, probe, images, host }: Session): SessionCheck {
  const from = toNs(started) - CLOCK_STEP_NS;
  const to = ended === null ? undefined : toNs(ended) + CLOCK_STEP_NS;
  const names = new Set<string>(images.map(({ name }) => name));
  return (row, say) => {
    const at = row.started_unix_ns;
    if (at < from || (to !== undefined && at > to))
      say("started_unix_ns", `${at}`, "the trial began outside its session", `${started} to ${ended ?? "its end"}`);
    if ("gap_ns" in row && row.gap_ns !== null && to !== undefined && BigInt(row.gap_ns) > to - from)
      say("gap_ns", `${row.gap_ns}`, "nothing in a session is longer than it", `from ${started} to ${ended}`);
    if ("pss_bytes" in row) {
      const huge = OF_MEMORY.find((column) => (row[column] ?? 0) > host.memory_bytes);
      if (huge !== undefined) say(huge, `${row[huge]}`, "it is more than the machine has", `${host.memory_bytes} bytes at most`);
      const most = host.memory_bytes * (row.containers ?? 1);
      if ((row.rss_bytes ?? 0) > most)
        say("rss_bytes", `${row.rss_bytes}`, "it is more than the machine has", `${most} bytes at most`);
    }
    if (!("create_sent_ns" in row)) return;
    if (row.probe !== null && row.probe !== probe.name) say("probe", row.probe, "another probe than the session's", probe.name);
    if (row.clock_error_ns !== null && row.clock_error_ns < probe.resolution_ns) {
      const what = "no time is better known than its probe resolves";
      say("clock_error_ns", `${row.clock_error_ns}`, what, `${probe.resolution_ns} or more`);
    }
    if ("mode" in row && "gap_ns" in row && !names.has(row.image))
      say("image", row.image, "platform.json does not describe this image", [...names].join(", "));
  };
}
