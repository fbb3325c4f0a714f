import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { impossibleStart } from "../../research/impossible-start.ts";
import type { Milestone } from "../../research/milestones.ts";
import { PHASE_NAMES, partition } from "../../research/phases.ts";
import { clockNs } from "../../research/units.ts";
import { parseCapturedStarts } from "./captured-start.ts";
import { type Sightings, timeline } from "./timeline.ts";
import { TRACE_RESOLUTION_NS } from "./trace-line.ts";

const captured = new URL("../fixtures/captured/", import.meta.url);
const files = readdirSync(captured);
const startsIn = (file: string): Sightings[] => parseCapturedStarts(readFileSync(new URL(file, captured), "utf8"), file);

/**
 * The trace's own stamps of every milestone, found in another way: by command and file names, which works only because
 * one container starts at a time in these captures. Seconds, as printed by the kernel.
 */
const byName: Record<string, Record<string, string>[]> = JSON.parse(
  readFileSync(new URL("../fixtures/milestones-by-name.json", import.meta.url), "utf8"),
);

const CREATED_AT_ATTACH = PHASE_NAMES.filter((name) => name !== "daemon_prepare").flatMap((name) =>
  name === "daemon_start_task" ? [name, "daemon_prepare" as const] : [name],
);

const offset = (stamp: string, sightings: Sightings): number =>
  Number(BigInt(stamp.replace(".", "")) * 1_000n - sightings.client.create_sent);

describe("timeline of captured starts", () => {
  it("has all twelve combinations of engine, runtime and network", () => {
    expect(files).toHaveLength(12);
  });

  describe.each(files)("%s", (file) => {
    it.each(startsIn(file).map((sightings, index) => ({ sightings, index })))(
      "start $index: finds what the trace shows, and nothing else",
      ({ sightings, index }) => {
        const { milestones } = timeline(sightings, TRACE_RESOLUTION_NS);
        const kernel = Object.fromEntries(
          Object.entries(milestones).filter(
            ([name]) => !/^event_|_sent$|_done$|^first_byte$|^removed$/.test(name) || name === "namespaces_done",
          ),
        );
        const expected = Object.entries(byName[file]?.[index] ?? {}).map(([name, stamp]) => [name, offset(stamp, sightings)]);
        expect(kernel).toEqual(Object.fromEntries(expected));
      },
    );

    it.each(startsIn(file))("nothing in it comes before its cause", (sightings) => {
      const { milestones, clockError, eventError } = timeline(sightings, TRACE_RESOLUTION_NS);
      const error = Math.max(clockError, eventError ?? 0);
      expect(impossibleStart((name) => milestones[name] ?? null, error)).toBeUndefined();
      // The bound of the events comes from their order; the rest has that of the trace.
      const kernel = (name: Milestone) => (name.startsWith("event_") ? null : (milestones[name] ?? null));
      expect(impossibleStart(kernel, clockError)).toBeUndefined();
    });

    it.each(startsIn(file))("phases partition the total exactly and in order", (sightings) => {
      const { milestones } = timeline(sightings, TRACE_RESOLUTION_NS);
      const { phases, tiers, total_ns } = partition(milestones);
      expect(phases[0]?.begin_ns).toBe(0);
      for (const [index, phase] of phases.entries()) {
        expect(phase.duration_ns).toBe(phase.end_ns - phase.begin_ns);
        expect(phase.duration_ns).toBeGreaterThan(0);
        if (index > 0) expect(phase.begin_ns).toBe(phases[index - 1]?.end_ns);
      }
      // Podman runs the runtime's create when it is attached to, so that the start is asked for after it.
      const order = file.startsWith("podman") ? CREATED_AT_ATTACH : PHASE_NAMES;
      expect(phases.map(({ phase }) => phase)).toEqual(order.filter((name) => phases.some(({ phase }) => phase === name)));
      if (file.includes("runsc")) {
        expect(total_ns).toBeNull();
      } else {
        expect(total_ns).toBe(milestones.entry_acts);
        expect(phases.reduce((sum, { duration_ns }) => sum + duration_ns, 0)).toBe(total_ns);
        expect((tiers.daemon_ns ?? 0) + (tiers.runtime_ns ?? 0) + (tiers.process_ns ?? 0)).toBe(total_ns);
      }
    });
  });

  it("gives Docker's events a bound that follows from causality", () => {
    for (const sightings of files.flatMap(startsIn)) {
      const { milestones, eventError } = timeline(sightings, TRACE_RESOLUTION_NS);
      expect(eventError).toBeGreaterThan(0);
      expect(milestones.event_create).toBeLessThanOrEqual((milestones.create_done ?? 0) + (eventError ?? 0));
      expect(milestones.event_start).toBeLessThanOrEqual(milestones.start_done ?? 0);
    }
  });

  it("lets gVisor's start end with the client's first byte, and says which tiers cannot be told apart", () => {
    const [sightings] = startsIn("docker28.5-runsc-none.json") as [Sightings];
    const firstByte = clockNs(sightings.client.create_sent + 600_000_000n);
    const { milestones } = timeline(
      { ...sightings, client: { ...sightings.client, first_byte: firstByte } },
      TRACE_RESOLUTION_NS,
    );
    const { total_ns, tiers, phases } = partition(milestones);
    expect(total_ns).toBe(600_000_000);
    expect(tiers.daemon_ns).toBeGreaterThan(0);
    expect(tiers).toMatchObject({ runtime_ns: null, process_ns: null });
    expect(phases.at(-1)).toMatchObject({ phase: "runtime_start", tier: null, encloses: ["entrypoint"] });
  });

  it("tells two containers apart that start at the same time", () => {
    for (const file of files.filter((name) => !/runsc|podman/.test(name))) {
      const [a, b] = startsIn(file) as [Sightings, Sightings];
      const [shiftedB, both] = overlap(a, b);
      for (const sightings of [a, shiftedB]) {
        expect(timeline({ ...sightings, trace: both }, TRACE_RESOLUTION_NS).milestones).toEqual(
          timeline(sightings, TRACE_RESOLUTION_NS).milestones,
        );
      }
    }
  });

  it("tells a container without cgroups apart from others that have them, but not from its like", () => {
    const [runsc, otherRunsc] = startsIn("docker28.5-runsc-none.json") as [Sightings, Sightings];
    const [runc] = startsIn("docker28.5-runc-none.json") as [Sightings];
    const alone = timeline(runsc, TRACE_RESOLUTION_NS).milestones;
    const [, withRunc] = overlap(runsc, runc);
    expect(timeline({ ...runsc, trace: withRunc }, TRACE_RESOLUTION_NS).milestones).toEqual(alone);
    const [, withOther] = overlap(runsc, otherRunsc);
    expect(timeline({ ...runsc, trace: withOther }, TRACE_RESOLUTION_NS).milestones).not.toHaveProperty("shim_exec");
  });

  it("tells a container without cgroups apart from one of which the trace shows only the end of its start", () => {
    const [runsc] = startsIn("docker28.5-runsc-none.json") as [Sightings];
    const alone = timeline(runsc, TRACE_RESOLUTION_NS).milestones;
    for (const file of files.filter((name) => name.startsWith("docker") && !name.includes("runsc"))) {
      const [other] = startsIn(file) as [Sightings];
      for (let later = -400; later < 0; later += 20) {
        const [, both] = overlap(runsc, other, BigInt(later) * 1_000_000n);
        const seen = both.slice(both.indexOf(runsc.trace[0] as string));
        expect({ file, later, ...timeline({ ...runsc, trace: seen }, TRACE_RESOLUTION_NS).milestones }).toEqual({
          file,
          later,
          ...alone,
        });
      }
    }
  });

  it("tells a container without cgroups apart from an engine that unpacks an image", () => {
    const [runsc] = startsIn("docker28.5-runsc-none.json") as [Sightings];
    const at = runsc.trace.findIndex((line) => line.includes("sys_pivot_root"));
    const stamp = / \d+\.\d{6}: /.exec(runsc.trace[at] as string)?.[0];
    const line = (rest: string): string => `${"exe".padStart(16)}-99999   [000] ..... ${stamp}${rest}`;
    const unpacking = [
      line("sched_process_exec: filename=/proc/self/exe pid=99999 old_pid=99999"),
      line("sys_pivot_root(new_root: 0xc0000b8880, put_old: 0xc0000ca120)"),
    ];
    const trace = [...runsc.trace.slice(0, at), ...unpacking, ...runsc.trace.slice(at)];
    expect(timeline({ ...runsc, trace }, TRACE_RESOLUTION_NS)).toEqual(timeline(runsc, TRACE_RESOLUTION_NS));
  });

  it("takes neither of two calls of the runtime's start that Podman may have made for either of two containers", () => {
    const [a, b] = startsIn("podman4.3-runc-host.json") as [Sightings, Sightings];
    // Both calls are made while both inits wait.
    const [, both] = overlap(a, b, -36_000_000n);
    const alone = timeline(a, TRACE_RESOLUTION_NS).milestones;
    const { runtime_start_exec, runtime_start_exit, ...others } = alone;
    const { milestones } = timeline({ ...a, trace: both }, TRACE_RESOLUTION_NS);
    expect(milestones).toEqual(others);
    expect(partition(milestones).tiers).toMatchObject({ daemon_ns: null, runtime_ns: null, process_ns: expect.any(Number) });
  });

  it("leaves aside a call of the runtime's start that Podman makes once the entrypoint runs", () => {
    const [a, b] = startsIn("podman4.3-runc-host.json") as [Sightings, Sightings];
    const [shiftedB, both] = overlap(a, b, 60_000_000n);
    const alone = timeline(a, TRACE_RESOLUTION_NS).milestones;
    const later = timeline({ ...shiftedB, trace: both }, TRACE_RESOLUTION_NS).milestones;
    const between = shiftedB.client.create_sent - a.client.create_sent;
    expect(BigInt(later.runtime_start_exec ?? 0) + between).toBeGreaterThan(BigInt(alone.entry_exec ?? 0));
    expect(timeline({ ...a, trace: both }, TRACE_RESOLUTION_NS).milestones).toEqual(alone);
  });

  it("finds the ends of processes on kernels that do not tell which thread was the last", () => {
    for (const sightings of files.flatMap(startsIn)) {
      const older = { ...sightings, trace: sightings.trace.map((line) => line.replace(/ group_dead=(true|false)$/, "")) };
      expect(timeline(older, TRACE_RESOLUTION_NS).milestones).toEqual(timeline(sightings, TRACE_RESOLUTION_NS).milestones);
    }
  });

  it("sees through a wrapper that forks the runtime", () => {
    const [sightings] = startsIn("docker20.10-runc-bridge.json") as [Sightings];
    const plain = timeline(sightings, TRACE_RESOLUTION_NS).milestones;
    const wrapped = timeline({ ...sightings, trace: wrap(sightings.trace, [2731, 2760]) }, TRACE_RESOLUTION_NS).milestones;
    const { create_exec, create_exit, runtime_start_exec, runtime_start_exit, ...others } = plain as Record<string, number>;
    expect(wrapped).toMatchObject(others);
    expect(wrapped.create_exec).toBe((create_exec ?? 0) - 2_000);
    expect(wrapped.create_exit).toBe((create_exit ?? 0) + 2_000);
    expect(wrapped.runtime_start_exec).toBe((runtime_start_exec ?? 0) - 2_000);
    expect(wrapped.runtime_start_exit).toBe((runtime_start_exit ?? 0) + 2_000);
  });

  it("takes the client's first byte when the entrypoint writes in a way that is not traced", () => {
    const [sightings] = startsIn("docker20.10-runc-bridge.json") as [Sightings];
    const silent = sightings.trace.filter((line) => !line.includes("sys_write("));
    const { milestones } = timeline({ ...sightings, trace: silent }, TRACE_RESOLUTION_NS);
    expect(milestones.entry_acts).toBe(milestones.entry_exit);
    const soon = clockNs(sightings.client.create_sent + BigInt((milestones.entry_exec ?? 0) + 1_000));
    const seen = timeline(
      { ...sightings, trace: silent, client: { ...sightings.client, first_byte: soon } },
      TRACE_RESOLUTION_NS,
    ).milestones;
    expect(seen.entry_acts).toBe(seen.first_byte);
  });

  it("finds nothing of a container that the trace does not show", () => {
    const [sightings] = startsIn("docker20.10-runc-bridge.json") as [Sightings];
    const { milestones } = timeline({ ...sightings, containerId: "f".repeat(64) }, TRACE_RESOLUTION_NS);
    expect(Object.keys(milestones)).not.toContain("entry_exec");
    expect(partition(milestones).tiers).toEqual({ daemon_ns: null, runtime_ns: null, process_ns: null });
  });
});

/** The second start moved on top of the first, `later` ns behind it, its process ids moved out of the way, both traces merged by time. */
function overlap(a: Sightings, b: Sightings, later = 3_000_000n): [Sightings, string[]] {
  const shift = a.client.create_sent - b.client.create_sent + later;
  const micros = shift / 1_000n;
  const trace = b.trace.map((line) =>
    line
      .replace(/(?<=\b(?:pid|child_pid|old_pid)=)\d+/g, (id) => String(Number(id) + 100_000))
      .replace(/^(.{16}-)(\d+)/, (_, name, id) => `${name}${Number(id) + 100_000}`)
      .replace(/(\d+)\.(\d{6}): /, (_, seconds, fraction) => {
        const at = BigInt(seconds) * 1_000_000n + BigInt(fraction) + micros;
        return `${at / 1_000_000n}.${String(at % 1_000_000n).padStart(6, "0")}: `;
      }),
  );
  const client = Object.fromEntries(
    Object.entries(b.client).map(([name, at]) => [name, clockNs(at + micros * 1_000n)]),
  ) as unknown as Sightings["client"];
  const stamp = (line: string): bigint => BigInt((/(\d+\.\d{6}): /.exec(line)?.[1] ?? "0").replace(".", ""));
  const both = [...a.trace, ...trace].sort((x, y) => (stamp(x) < stamp(y) ? -1 : stamp(x) > stamp(y) ? 1 : 0));
  return [{ ...b, client, trace, wall: undefined, events: {} }, both];
}

/** As if each of these runtime processes had been forked by a script: exec 2 µs before theirs, exit 2 µs after. */
function wrap(trace: readonly string[], runtimes: readonly number[]): string[] {
  const later = (line: string, micros: number): string =>
    line.replace(/(\d+)\.(\d{6}): /, (_, seconds, fraction) => {
      const at = BigInt(seconds) * 1_000_000n + BigInt(fraction) + BigInt(micros);
      return `${at / 1_000_000n}.${String(at % 1_000_000n).padStart(6, "0")}: `;
    });
  const event = (stamp: string, pid: number, rest: string): string =>
    `${"wrapper".padStart(16)}-${pid} [000] ..... ${/\d+\.\d{6}: /.exec(stamp)?.[0]}${rest}`;
  // The last thread of `create` and of `start` to end, as seen in the trace.
  const lastThread = new Map([
    [2731, "pid=2736 prio=120 group_dead=true"],
    [2760, "pid=2762 prio=120 group_dead=true"],
  ]);
  return trace.flatMap((line) => {
    const forked = runtimes.find((pid) => line.includes(`child_pid=${pid}`) && line.includes("sched_process_fork"));
    if (forked !== undefined) return [line.replace(`child_pid=${forked}`, `child_pid=${forked + 90_000}`)];
    const executed = runtimes.find(
      (pid) => line.includes("sched_process_exec: filename=/usr/sbin/runc") && line.includes(` pid=${pid} `),
    );
    if (executed !== undefined) {
      const before = later(line, -2);
      const wrapper = executed + 90_000;
      return [
        event(before, wrapper, `sched_process_exec: filename=/opt/wrapper pid=${wrapper} old_pid=${wrapper}`),
        event(
          later(line, -1),
          wrapper,
          `sched_process_fork: comm=wrapper pid=${wrapper} child_comm=wrapper child_pid=${executed}`,
        ),
        line,
      ];
    }
    const ended = runtimes.find((pid) => line.includes("sched_process_exit") && line.includes(lastThread.get(pid) ?? "never"));
    if (ended === undefined) return [line];
    return [
      line,
      event(later(line, 2), ended + 90_000, `sched_process_exit: comm=wrapper pid=${ended + 90_000} prio=120 group_dead=true`),
    ];
  });
}
