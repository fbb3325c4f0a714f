import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseCapturedStarts } from "./captured-start.ts";
import { kernelSightings } from "./kernel-milestones.ts";
import type { Sightings } from "./timeline.ts";
import { parseTraceLine } from "./trace-line.ts";

const captured = new URL("../fixtures/captured/", import.meta.url);
/** Captured with cgroup v1 and the cgroupfs driver. */
const FILES = ["docker20.10-runc-bridge.json", "docker20.10-crun-bridge.json", "docker28.5-runc-none.json"] as const;

function first(file: string): Sightings & { readonly containerId: string } {
  const [start] = parseCapturedStarts(readFileSync(new URL(file, captured), "utf8"), file);
  if (start?.containerId === undefined) throw new Error(`${file} holds no start`);
  return { ...start, containerId: start.containerId };
}

const milestonesOf = ({ trace, containerId, client }: ReturnType<typeof first>) =>
  kernelSightings(
    trace.flatMap((line) => parseTraceLine(line) ?? []),
    containerId,
    client.create_done ?? client.create_sent,
  ).milestones;

/** The events of one hierarchy, as if there were no other: cgroup v2. */
function unified(trace: readonly string[], containerId: string): string[] {
  const root = trace.map((line) => /cgroup_attach_task: dst_root=(\d+) /.exec(line)?.[1]).find((each) => each !== undefined);
  const isOther = (line: string): boolean =>
    line.includes(containerId) && line.includes(": cgroup_") && !new RegExp(`root=${root} `).test(line);
  return trace.filter((line) => !isOther(line));
}

/** As if pid 1 made the cgroup and moved the container into it, as it does for a runtime with the systemd driver. */
const bySystemd = (trace: readonly string[], containerId: string): string[] =>
  trace.map((line) =>
    line.includes(containerId) && line.includes(": cgroup_")
      ? line
          .replace(/^.{16}-\d+/, `${"systemd".padStart(16)}-1`)
          .replace(`/docker/${containerId}`, `/system.slice/docker-${containerId}.scope`)
      : line,
  );

describe.each(FILES)("cgroup layouts: %s", (file) => {
  const start = first(file);
  const asCaptured = milestonesOf(start);
  const { cgroup_first: _first, cgroup_joined: _joined, ...others } = asCaptured;

  it("has its cgroups below /docker/ID, in every hierarchy of cgroup v1", () => {
    expect(start.trace.some((line) => line.includes(`path=/docker/${start.containerId}`))).toBe(true);
    expect(asCaptured).toHaveProperty("cgroup_first");
    expect(asCaptured).toHaveProperty("cgroup_joined");
  });

  it("is found by docker-ID.scope, made by systemd, too", () => {
    const trace = bySystemd(start.trace, start.containerId);
    expect(trace.some((line) => line.includes(`/docker-${start.containerId}.scope`))).toBe(true);
    expect(milestonesOf({ ...start, trace })).toEqual(asCaptured);
  });

  it.each([
    ["cgroupfs", (trace: readonly string[]) => trace],
    ["systemd", (trace: readonly string[]) => bySystemd(trace, start.containerId)],
  ])("is found in the one hierarchy of cgroup v2, %s", (_, layout) => {
    const trace = layout(unified(start.trace, start.containerId));
    const attached = trace.filter((line) => line.includes("cgroup_attach_task") && line.includes(start.containerId));
    expect(attached.length).toBeGreaterThan(0);
    expect(attached.length).toBeLessThan(
      start.trace.filter((line) => line.includes("cgroup_attach_task") && line.includes(start.containerId)).length,
    );
    const { cgroup_first, cgroup_joined, ...rest } = milestonesOf({ ...start, trace });
    expect(rest).toEqual(others);
    expect(cgroup_first).toBeGreaterThanOrEqual(asCaptured.cgroup_first ?? 0n);
    expect(cgroup_joined).toBeLessThanOrEqual(asCaptured.cgroup_joined ?? 0n);
    expect(cgroup_joined).toBeGreaterThan(cgroup_first ?? 0n);
  });
});

/** Captured with cgroup v2 and the systemd driver. */
describe.each([
  { file: "docker26.1-runc-bridge.json", below: "" },
  { file: "docker26.1-runc-none.json", below: "" },
  // crun moves the container once more, into a cgroup of its own below the one that systemd made.
  { file: "docker26.1-crun-bridge.json", below: "/container" },
])("cgroups that systemd makes: $file", ({ file, below }) => {
  const start = first(file);
  const scope = `path=/system.slice/docker-${start.containerId}.scope`;
  const events = start.trace.filter((line) => line.includes(": cgroup_") && line.includes(start.containerId));

  it("are in one hierarchy, and pid 1 makes the first and moves the container there", () => {
    expect(new Set(events.map((line) => /root=(\d+) /.exec(line)?.[1])).size).toBe(1);
    const [made, joined] = events;
    for (const line of [made, joined]) expect(line).toMatch(/^ *systemd-1 /);
    expect(made).toMatch(new RegExp(`cgroup_mkdir: .* ${scope}$`));
    expect(joined).toMatch(new RegExp(`cgroup_attach_task: .*${scope} `));
  });

  it("are the container's all the same, from the first made to the last joined before the entrypoint", () => {
    const at = (line: string | undefined) => parseTraceLine(line ?? "")?.at;
    const joined = events.filter((line) => line.includes("cgroup_attach_task") && line.includes(`${scope}${below} `));
    expect(joined).toHaveLength(1);
    expect(milestonesOf(start)).toMatchObject({ cgroup_first: at(events[0]), cgroup_joined: at(joined[0]) });
  });
});
