import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import type Docker from "dockerode";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MILESTONE_NAMES, MILESTONES } from "../../../research/milestones.ts";
import { milliseconds } from "../../../research/units.ts";
import type { KernelProbe, TraceRecord } from "../../design/ports.ts";
import { observeStart } from "../../start/observe-start.ts";
import { testEngine } from "../../testing/engine.ts";
import { SIDECAR_INSTANCE_PREFIX } from "../../timeline/sidecar-script.ts";
import { timeline } from "../../timeline/timeline.ts";
import { CLONE_EVENTS, TRACE_RESOLUTION_NS } from "../../timeline/trace-line.ts";
import { machineClock } from "../host/clock.ts";
import { HELPER_LABEL, IMAGE_LABEL, OWNER_LABEL } from "../host/owner.ts";
import { provideHelperImage } from "../images/images.ts";
import { Sidecar } from "./sidecar.ts";
import { openSidecarProbe } from "./sidecar-probe.ts";
import { openTracefs } from "./tracefs.ts";

let found: Awaited<ReturnType<typeof testEngine>>;
/** Keeps tracefs mounted, so that the helper's instances can be seen here. */
let tracefs: KernelProbe;
const INSTANCES = "/sys/kernel/tracing/instances";
const never = new AbortController().signal;

beforeAll(async () => {
  found = await testEngine();
  tracefs = openTracefs();
}, 300_000);
afterAll(async () => {
  await tracefs?.[Symbol.asyncDispose]();
  await found?.[Symbol.asyncDispose]();
});

const image = (): Promise<string> => provideHelperImage(found.engine.docker, () => undefined, never);
const helper = async (): Promise<Sidecar> => Sidecar.start(found.engine.docker, await image());
const open = async (): Promise<KernelProbe> => openSidecarProbe(await helper());
const ours = () => found.engine.docker.listContainers({ all: true, filters: JSON.stringify({ label: [OWNER_LABEL] }) });
const helperContainer = async () => {
  const filters = JSON.stringify({ label: [HELPER_LABEL] });
  const [only, ...others] = await found.engine.docker.listContainers({ filters });
  expect(others).toEqual([]);
  return found.engine.docker.getContainer(only?.Id ?? "");
};
/** The trace instance of a helper, named after its process; another engine's helper may have one, too. */
const instanceOf = async (container: Docker.Container): Promise<string> => {
  const { State } = await container.inspect();
  const own = readdirSync(INSTANCES).filter((name) => name.startsWith(`${SIDECAR_INSTANCE_PREFIX}${State.Pid}.`));
  expect(own).toHaveLength(1);
  return join(INSTANCES, own[0] as string);
};
const observe = (probe: KernelProbe, command = ["echo", "hello"]) =>
  observeStart(
    { engine: found.engine, probe, clock: machineClock },
    { image: found.small, settings: { network: "host" }, command, timeout: milliseconds(60_000), untilFirstByte: false },
    never,
  );
const KERNEL = MILESTONE_NAMES.filter((name) => (MILESTONES[name].probes[0] as string) === "tracefs");

describe("the sidecar probe", () => {
  it("sees what tracefs sees of the same start, at the same time within its bound", async () => {
    const sidecar = await open();
    let truth: Awaited<ReturnType<KernelProbe["end"]>> | undefined;
    const both: KernelProbe = {
      ...sidecar,
      begin: async () => {
        await tracefs.begin();
        await sidecar.begin();
      },
      end: async () => {
        const record = await sidecar.end();
        truth = await tracefs.end();
        return record;
      },
    };
    try {
      for (let start = 0; start < 2; start += 1) {
        const observed = await observe(both);
        expect(observed).toMatchObject({ outcome: "ok", problem: undefined, lostEvents: 0 });
        const mapped = timeline({ ...observed, wall: observed.kernelClock?.wall }, sidecar.resolution);
        const { lines } = truth as TraceRecord;
        const { kernelClock: _, ...same } = observed;
        const exact = timeline({ ...same, trace: lines, wall: machineClock.wallOffset() }, TRACE_RESOLUTION_NS);
        expect(mapped.clockError).toBeLessThan(5_000_000);
        expect(Object.keys(mapped.milestones)).toEqual(Object.keys(exact.milestones));
        for (const name of KERNEL) {
          const [a, b] = [mapped.milestones[name], exact.milestones[name]];
          expect(Math.abs((a ?? 0) - (b ?? 0)), name).toBeLessThanOrEqual(mapped.clockError + exact.clockError);
        }
        // The daemon's wall clock, read by the helper, against the one that is read here.
        for (const name of ["event_create", "event_start", "event_die", "event_destroy"] as const) {
          const off = Math.abs((mapped.milestones[name] ?? Number.NaN) - (exact.milestones[name] ?? Number.NaN));
          expect(off, name).toBeLessThanOrEqual((mapped.eventError ?? 0) + (exact.eventError ?? 0));
        }
      }
    } finally {
      await sidecar[Symbol.asyncDispose]();
    }
  });

  it("may do no more than it must, and leaves neither container nor trace instance", async () => {
    const sidecar = await helper();
    const container = await helperContainer();
    const { HostConfig } = await container.inspect();
    expect(HostConfig).toMatchObject({ Privileged: false, CapAdd: ["SYS_ADMIN"], NetworkMode: "none", PidMode: "host" });
    expect(HostConfig.Binds ?? []).toEqual([]);
    const instance = await instanceOf(container);
    await sidecar[Symbol.asyncDispose]();
    expect(await ours()).toEqual([]);
    expect(existsSync(instance)).toBe(false);
  });

  it("traces more while it is asked to, and says what the kernel does not have", async () => {
    const sidecar = await open();
    try {
      const clones = ({ trace }: { trace: readonly string[] }): number =>
        trace.filter((line) => line.includes(": sys_clone3(")).length;
      expect(clones(await observe(sidecar))).toBe(0);
      const watched = await sidecar.watch({ events: CLONE_EVENTS });
      expect(clones(await observe(sidecar))).toBeGreaterThan(0);
      await watched[Symbol.asyncDispose]();
      expect(clones(await observe(sidecar))).toBe(0);
      await expect(sidecar.watch({ events: [{ event: "syscalls/sys_enter_nothing" }] })).rejects.toThrow(
        "does not take events/syscalls/sys_enter_nothing",
      );
    } finally {
      await sidecar[Symbol.asyncDispose]();
    }
  });

  it("that loses events makes the start probe-lost, with their number", async () => {
    const sidecar = await open();
    try {
      writeFileSync(join(await instanceOf(await helperContainer()), "buffer_size_kb"), "4");
      const observed = await observe(sidecar, ["sh", "-c", "i=0; while [ $i -lt 3000 ]; do echo $i; i=$((i+1)); done"]);
      expect(observed.outcome).toBe("probe-lost");
      expect(observed.lostEvents).toBeGreaterThan(0);
    } finally {
      await sidecar[Symbol.asyncDispose]();
    }
  });

  it("whose helper is killed makes the start probe-lost with the reason, and the start's container is removed", async () => {
    const sidecar = await open();
    const container = await helperContainer();
    const instance = await instanceOf(container);
    await container.kill();
    const observed = await observe(sidecar);
    expect(observed.outcome).toBe("probe-lost");
    expect(observed.problem).toContain("the helper container has ended");
    expect(timeline({ ...observed, wall: undefined }, 0).milestones).not.toHaveProperty("shim_exec");
    await sidecar[Symbol.asyncDispose]();
    expect(await ours()).toEqual([]);
    // Killed, it could not clean up; the next one does, here or in another test.
    await (await helper())[Symbol.asyncDispose]();
    expect(existsSync(instance)).toBe(false);
  });

  it("does not give kernel times that are known less well than its limit", async () => {
    const sidecar = await helper();
    try {
      await expect(openSidecarProbe(sidecar, 1_000)).rejects.toThrow("the engine is too far away or too busy");
    } finally {
      await sidecar[Symbol.asyncDispose]();
    }
  });

  it("says why it is not available, and leaves nothing", async () => {
    const { docker } = found.engine;
    await expect(Sidecar.start(docker, "tierbench/no-such-image:0")).rejects.toThrow("no-such-image");
    const empty = Buffer.alloc(1_024); // a tar without files: no busybox to run
    const options = { repo: "tierbench/empty:test", changes: [`LABEL ${IMAGE_LABEL}=empty`] };
    const importing = await docker.importImage(Readable.from([empty]) as never, options as never);
    await new Promise((resolve) => docker.modem.followProgress(importing as never, resolve));
    try {
      await expect(Sidecar.start(docker, "tierbench/empty:test")).rejects.toThrow("busybox");
    } finally {
      await docker.getImage("tierbench/empty:test").remove();
    }
    expect(await ours()).toEqual([]);
  });
});
