/** The process whose children strace must follow: the one that started the shim of a container. */
import { readFileSync } from "node:fs";
import type { ObservedStart } from "../../../benchmarks/start/observe-start.ts";
import { kernelSightings } from "../../../benchmarks/timeline/kernel-milestones.ts";
import { parseTraceLine } from "../../../benchmarks/timeline/trace-line.ts";

/** @param start as our probe saw it: containerd, by whatever name and wherever it runs @throws Error when it cannot be told */
export function whoStartsShims({ containerId, client, trace, problem }: ObservedStart): number {
  const events = trace.flatMap((line) => parseTraceLine(line) ?? []);
  const { shim_exec: at } = kernelSightings(events, containerId ?? "", client.start_sent ?? client.create_sent).milestones;
  const shim = events.find((event) => event.kind === "exec" && event.at === at);
  const fork = events.findLast(
    (event) => event.kind === "fork" && shim?.kind === "exec" && event.child === shim.pid && event.at <= shim.at,
  );
  if (fork === undefined)
    throw new Error(`no process was seen starting the shim of a container (${problem ?? "the start succeeded"})`);
  const [, group] = /^Tgid:\s+(\d+)$/m.exec(readFileSync(`/proc/${fork.tid}/status`, "utf8")) ?? [];
  return Number(group);
}
