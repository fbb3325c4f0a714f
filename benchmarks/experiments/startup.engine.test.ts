import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PHASE_NAMES, partition } from "../../research/phases.ts";
import { milliseconds } from "../../research/units.ts";
import type { KernelProbe, PageCache } from "../design/ports.ts";
import { sweepContainers } from "../edges/engine/sweep.ts";
import type { Leftover } from "../edges/files/leftover.ts";
import { machineClock } from "../edges/host/clock.ts";
import { OWNER_LABEL, owner, ownerToken } from "../edges/host/owner.ts";
import { openPageCache } from "../edges/host/page-cache.ts";
import { openImageFiles } from "../edges/images/image-files.ts";
import { eventsProbe } from "../edges/probe/events-probe.ts";
import { openTracefs, sweepInstances } from "../edges/probe/tracefs.ts";
import { type ObservedStart, observeStart, type StartRequest } from "../start/observe-start.ts";
import { testEngine } from "../testing/engine.ts";
import { sweepTurn } from "../testing/sweep-turn.ts";
import { timeline } from "../timeline/timeline.ts";

let found: Awaited<ReturnType<typeof testEngine>>;
let probe: KernelProbe;
const never = new AbortController().signal;

beforeAll(async () => {
  found = await testEngine();
  probe = openTracefs();
}, 300_000);
afterAll(async () => {
  await probe?.[Symbol.asyncDispose]();
  await found?.[Symbol.asyncDispose]();
});

/** With the host's network: wiring one of its own takes more than half of a start. */
const request = (command: string[], more: Partial<StartRequest> = {}): StartRequest => ({
  image: found.small,
  settings: { network: "host" },
  command,
  timeout: milliseconds(60_000),
  untilFirstByte: false,
  ...more,
});
const start = (command: string[], more?: Partial<StartRequest>): Promise<ObservedStart> =>
  observeStart({ engine: found.engine, probe, clock: machineClock }, request(command, more), never);
const timelineOf = (observed: ObservedStart, trace = observed.trace) =>
  timeline({ ...observed, trace, wall: machineClock.wallOffset() }, probe.resolution);
const pageCache = async (): Promise<PageCache> => {
  const cache = await openPageCache(openImageFiles(found.engine.docker), found.engine.local, [found.small], undefined);
  if ("problem" in cache) throw new Error(cache.problem);
  return cache;
};
const ourContainers = () => found.engine.docker.listContainers({ all: true, filters: JSON.stringify({ label: [OWNER_LABEL] }) });

describe("a live start", () => {
  it("is split without a gap, every phase seen", async () => {
    const observed = await start(["echo", "hello"], { settings: {} });
    expect(observed).toMatchObject({ outcome: "ok", problem: undefined, lostEvents: 0 });
    const { milestones, eventError } = timelineOf(observed);
    const { phases, tiers, total_ns } = partition(milestones);
    expect(phases.reduce((sum, { duration_ns }) => sum + duration_ns, 0)).toBe(total_ns);
    expect((tiers.daemon_ns ?? 0) + (tiers.runtime_ns ?? 0) + (tiers.process_ns ?? 0)).toBe(total_ns);
    expect(phases.flatMap(({ encloses }) => encloses)).toEqual([]);
    expect(phases.map(({ phase }) => phase)).toEqual(PHASE_NAMES.filter((name) => phases.some(({ phase }) => phase === name)));

    // Kernel and client read one clock: what the kernel saw lies between what the client did.
    const m = milestones as Record<string, number>;
    expect(m.start_sent).toBeLessThan(m.shim_exec ?? 0);
    expect(m.entry_acts).toBeLessThan(m.first_byte ?? 0);
    expect(m.entry_exit).toBeLessThan(m.wait_done ?? 0);
    expect(m.runtime_start_exec).toBeLessThan(m.start_done ?? 0);
    // Docker's events are mapped to that clock within their bound.
    expect(m.event_create).toBeGreaterThan(-(eventError ?? 0));
    expect(m.event_create).toBeLessThan((m.create_done ?? 0) + (eventError ?? 0));
    expect(m.event_start).toBeGreaterThan((m.runtime_start_exec ?? 0) - (eventError ?? 0));
    expect(m.event_start).toBeLessThan((m.start_done ?? 0) + (eventError ?? 0));
    expect(eventError).toBeLessThan(1_000_000);
    expect(await ourContainers()).toEqual([]);
  });

  it("charges the entrypoint's own delay to the process tier", async () => {
    const observed = await start(["sh", "-c", "sleep 0.3; echo done"]);
    const { tiers } = partition(timelineOf(observed).milestones);
    expect(tiers.process_ns).toBeGreaterThan(300e6);
    expect(tiers.process_ns).toBeLessThan(600e6);
  });

  it("does not take what a health check prints for the entrypoint's act", async () => {
    const { docker } = found.engine;
    const [repo, tag] = ["tierbench-test-health", String(process.pid)];
    const bare = await docker.createContainer({ Image: found.small, Cmd: ["true"], Labels: { [OWNER_LABEL]: ownerToken } });
    try {
      await bare.commit({ repo, tag, changes: ["HEALTHCHECK --interval=1ms CMD echo healthy"] });
      const observed = await start(["sh", "-c", "sleep 1; echo ready"], { image: `${repo}:${tag}` });
      expect(observed).toMatchObject({ outcome: "ok", problem: undefined });
      expect((await docker.getImage(`${repo}:${tag}`).inspect()).Config).toHaveProperty("Healthcheck");
      expect(partition(timelineOf(observed).milestones).tiers.process_ns).toBeGreaterThan(1_000_000_000);
    } finally {
      await bare.remove({ force: true });
      await docker
        .getImage(`${repo}:${tag}`)
        .remove({ force: true })
        .catch(() => undefined);
    }
  });

  it("takes the exit for the act of an entrypoint that writes nothing", async () => {
    const { milestones } = timelineOf(await start(["true"]));
    expect(milestones.entry_acts).toBe(milestones.entry_exit);
    expect(milestones).not.toHaveProperty("first_byte");
  });

  it("sees output that is not written by write(2): busybox's cat copies within the kernel", async () => {
    const { milestones } = timelineOf(await start(["sh", "-c", "cat /etc/passwd; sleep 1"]));
    expect(milestones.entry_acts).toBeLessThan((milestones.entry_exit ?? 0) - 900e6);
    expect(milestones.entry_acts).toBeLessThan(milestones.first_byte ?? 0);
  });

  it("of a service ends with its first byte, and our stopping it is not its failure", async () => {
    const observed = await start(["sh", "-c", "echo ready; sleep 600"], { untilFirstByte: true });
    expect(observed).toMatchObject({ outcome: "ok", problem: undefined });
    expect(observed.client).not.toHaveProperty("wait_done");
    expect(partition(timelineOf(observed).milestones).total_ns).toBeGreaterThan(0);
    expect(await ourContainers()).toEqual([]);
  });

  it("tells two containers apart that start at the same time", async () => {
    const [slow, quick] = await Promise.all([
      start(["sh", "-c", "sleep 2; echo slow"]),
      observeStart({ engine: found.engine, probe: eventsProbe, clock: machineClock }, request(["echo", "quick"]), never),
    ]);
    expect([slow.outcome, quick.outcome]).toEqual(["ok", "ok"]);
    const a = timelineOf(slow).milestones;
    const b = timelineOf(quick, [...slow.trace]).milestones;
    for (const milestones of [a, b]) expect(partition(milestones).phases.flatMap(({ encloses }) => encloses)).toEqual([]);
    const process = (milestones: typeof a) => partition(milestones).tiers.process_ns ?? Number.NaN;
    expect(process(a)).toBeGreaterThan(2e9);
    expect(process(b)).toBeLessThan(1e9);
    expect((b.entry_acts ?? 0) < (b.first_byte ?? 0)).toBe(true);
  });

  it("ends with an announcement, and one that does not come is said", async () => {
    expect(found.engine.warnings()).toEqual([]);
    await found.engine.tornDown("f".repeat(64));
    expect(found.engine.warnings()).toMatchObject([{ summary: "the engine did not announce the removal of 1 containers" }]);
  });

  it("without a kernel probe gives the total and no tiers", async () => {
    const observed = await observeStart(
      { engine: found.engine, probe: eventsProbe, clock: machineClock },
      request(["echo", "hello"]),
      never,
    );
    const { milestones } = timelineOf(observed);
    const { tiers, total_ns } = partition(milestones);
    expect(tiers).toEqual({ daemon_ns: null, runtime_ns: null, process_ns: null });
    expect(total_ns).toBe(milestones.first_byte);
    expect(milestones).toHaveProperty("event_start");
  });
});

describe("a start that fails", () => {
  it("is a failed outcome with the engine's reason, and leaves nothing", async () => {
    const missing = await start(["no-such-program"]);
    expect(missing.outcome).toBe("failed");
    expect(missing.problem).toContain("no-such-program");
    expect(await start(["sh", "-c", "exit 3"])).toMatchObject({ outcome: "failed", problem: "the container exited with code 3" });
    expect(await ourContainers()).toEqual([]);
  });

  it("is failed when the image is missing", async () => {
    expect(await start(["echo"], { image: "tierbench/no-such-image:0" })).toMatchObject({
      outcome: "failed",
      containerId: undefined,
    });
  });

  it.each([
    ["its time", { timeout: milliseconds(2_000) }],
    ["the time that it may say nothing", { silence: milliseconds(500) }],
  ])("is a timeout when it does not end within %s, its forced end is not taken for an act", async (_, limit) => {
    const observed = await start(["sleep", "600"], limit);
    expect(observed.outcome).toBe("timeout");
    const { milestones } = timelineOf(observed);
    expect(milestones).toHaveProperty("entry_exec");
    expect(milestones).not.toHaveProperty("entry_acts");
    expect(await ourContainers()).toEqual([]);
  });

  it("is probe-lost when the kernel dropped events", async () => {
    const buffer = `/sys/kernel/tracing/instances/tierbench-${ownerToken}/buffer_size_kb`;
    writeFileSync(buffer, "4");
    const observed = await start(["sh", "-c", "i=0; while [ $i -lt 3000 ]; do echo $i; i=$((i+1)); done"]);
    writeFileSync(buffer, "8192");
    expect(observed.outcome).toBe("probe-lost");
    expect(observed.lostEvents).toBeGreaterThan(0);
  });

  it("is given up when the run is interrupted, and its container is removed", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("stop")), 500);
    const interrupted = observeStart(
      { engine: found.engine, probe, clock: machineClock },
      request(["sleep", "600"]),
      controller.signal,
    );
    await expect(interrupted).rejects.toThrow("stop");
    expect(await ourContainers()).toEqual([]);
  });
});

describe("a cold start", () => {
  it("finds the image's files gone from the page cache", async () => {
    const [largest] = await openImageFiles(found.engine.docker).of(found.small);
    const program = largest?.toString() ?? "";
    expect(program).toMatch(/\/bin\/busybox$/);
    const resident = (): number =>
      Number(execFileSync("fincore", ["--bytes", "--noheadings", "--raw", "--output", "RES", program], { encoding: "utf8" }));
    const residentAfter = async (word: string): Promise<number> => {
      expect((await start(["echo", word])).outcome).toBe("ok");
      return resident();
    };
    // Again where another's cold start came between: it empties the whole page cache.
    await expect.poll(() => residentAfter("warm"), { timeout: 30_000 }).toBeGreaterThan(0);
    const cache = await pageCache();
    await cache.drop(found.small);
    expect(resident()).toBe(0);
    await expect.poll(() => residentAfter("cold"), { timeout: 30_000 }).toBeGreaterThan(0);
  });

  it("is refused when the files cannot be evicted", async () => {
    const cache = await pageCache();
    const { docker } = found.engine;
    const holder = await docker.createContainer({
      ...{ Image: found.small, Cmd: ["sleep", "600"], Labels: { [OWNER_LABEL]: owner }, HostConfig: { NetworkMode: "none" } },
    });
    try {
      await holder.start();
      await expect(cache.drop(found.small)).rejects.toThrow("stay in the page cache");
    } finally {
      await holder.remove({ force: true });
    }
  });
});

describe("sweep", () => {
  it("removes what a dead run of ours left, and nothing else", async () => {
    await using _turn = await sweepTurn();
    const { docker } = found.engine;
    const create = (labels: Record<string, string>) =>
      docker.createContainer({
        ...{ Image: found.small, Cmd: ["sleep", "600"], Labels: labels, HostConfig: { NetworkMode: "none" } },
      });
    const left = await create({ [OWNER_LABEL]: `4194303.1@${hostname()}` });
    await left.start();
    const spared = [
      await create({}),
      await create({ "tierbench.other": `4194303.1@${hostname()}` }),
      await create({ [OWNER_LABEL]: "4194303.1@some-other-host" }),
      await create({ [OWNER_LABEL]: "$(reboot)" }),
      await create({ [OWNER_LABEL]: owner }),
    ];
    execFileSync("mkdir", [
      "-p",
      "/sys/kernel/tracing/instances/tierbench-4194303.1",
      "/sys/kernel/tracing/instances/tierbench-sidecar-4194303.2",
      "/sys/kernel/tracing/instances/somebody-else",
    ]);
    try {
      const swept: Leftover[] = [];
      for await (const leftover of sweepContainers(docker)) swept.push(leftover);
      const removable = swept.flatMap((leftover) => ("remove" in leftover ? [leftover] : []));
      expect(removable.map(({ what }) => what)).toEqual([`container ${left.id.slice(0, 12)}`]);
      expect(swept.filter((leftover) => "kept" in leftover)).toHaveLength(3);
      await removable[0]?.remove();
      for (const container of spared) expect((await container.inspect()).Id).toBe(container.id);
      // Others on this machine may have left some, too.
      const ours = [...sweepInstances()].filter(({ what }) => what.includes("-4194303."));
      const instances = ours.flatMap((leftover) => ("remove" in leftover ? [leftover] : []));
      expect(instances.map(({ what }) => what).sort()).toEqual([
        "trace instance tierbench-4194303.1",
        "trace instance tierbench-sidecar-4194303.2",
      ]);
      for (const { remove } of instances) {
        await remove();
        // Another sweep found it, too.
        await remove();
      }
    } finally {
      for (const container of spared) await container.remove({ force: true });
      execFileSync("rmdir", ["/sys/kernel/tracing/instances/somebody-else"]);
    }
  });
});
