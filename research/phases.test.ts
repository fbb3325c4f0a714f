import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MILESTONE_NAMES, type Milestone } from "./milestones.ts";
import { type Milestones, PHASE_NAMES, PHASES, type Phase, partition } from "./phases.ts";
import { type Nanoseconds, nanoseconds } from "./units.ts";

const at = (offsets: Partial<Record<Milestone, number>>): Milestones => offsets as Record<Milestone, Nanoseconds>;

const sum = (phases: readonly Phase[]): number => phases.reduce((total, { duration_ns }) => total + duration_ns, 0);

/** Every boundary once, 10 ns apart, in the usual order. */
const complete = at({
  ...Object.fromEntries(PHASE_NAMES.map((name, index) => [PHASES[name].begins, index * 10])),
  entry_acts: PHASE_NAMES.length * 10,
});

describe("partition", () => {
  it("gives every phase the time from its milestone to the next", () => {
    const { phases, total_ns, incomplete } = partition(complete);
    expect(phases.map(({ phase }) => phase)).toEqual(PHASE_NAMES);
    expect(phases.every(({ duration_ns, encloses }) => duration_ns === 10 && encloses.length === 0)).toBe(true);
    expect(total_ns).toBe(PHASE_NAMES.length * 10);
    expect(incomplete).toBeNull();
  });

  it("sums the tiers to the total, the daemon's two stretches together", () => {
    const { tiers, total_ns } = partition(complete);
    expect(tiers.daemon_ns).toBe(40);
    expect(tiers.process_ns).toBe(10);
    expect((tiers.daemon_ns ?? 0) + (tiers.runtime_ns ?? 0) + (tiers.process_ns ?? 0)).toBe(total_ns);
  });

  it("loses no time whichever milestones are missing", () => {
    let separable = 0;
    const optional = PHASE_NAMES.length - 1;
    for (let mask = 0; mask < 1 << optional; mask += 1) {
      // create_sent and entry_acts span the start; any of the other boundaries may be absent.
      const some = PHASE_NAMES.flatMap((name, index) =>
        index === 0 || mask & (1 << (index - 1)) ? [[PHASES[name].begins, index * 10]] : [],
      );
      const { phases, tiers, total_ns } = partition(at({ ...Object.fromEntries(some), entry_acts: 150 }));
      const known = [tiers.daemon_ns, tiers.runtime_ns, tiers.process_ns].flatMap((tier) => tier ?? []);
      const tiersTotal = known.reduce<number>((total, time) => total + time, 0);
      const hidden = phases.some(({ tier }) => tier === null);
      // Sixteen thousand of them: an assertion each would take most of the time.
      if (sum(phases) !== 150 || total_ns !== 150 || (hidden ? known.length === 3 : known.length !== 3 || tiersTotal !== 150))
        throw new Error(`time is lost with ${JSON.stringify(some)}`);
      if (!hidden) separable += 1;
    }
    // Not every subset hides something, or this test would say little.
    expect(separable).toBeGreaterThan(100);
  });

  it("lets the time of an absent phase fall to the one that encloses it, which says so", () => {
    const { namespaces_begin: _, namespaces_done: __, ...withoutNamespaces } = complete;
    const { phases } = partition(withoutNamespaces);
    expect(phases.find(({ phase }) => phase === "init_bootstrap")).toMatchObject({
      duration_ns: 30,
      tier: "runtime",
      encloses: ["namespaces", "rootfs_mounts"],
    });
    expect(phases.map(({ phase }) => phase)).not.toContain("namespaces");
  });

  it("does not miss a hook that was never there", () => {
    const { hook_begin: _, hook_end: __, ...withoutHook } = complete;
    expect(partition(withoutHook).phases.every(({ encloses }) => encloses.length === 0)).toBe(true);
  });

  it("leaves tiers empty that cannot be separated", () => {
    const coarse = partition(at({ create_sent: 0, create_done: 10, start_sent: 12, start_done: 90, entry_acts: 80 }));
    expect(coarse.tiers).toEqual({ daemon_ns: null, runtime_ns: null, process_ns: null });
    expect(coarse.phases.map(({ phase, tier, duration_ns }) => [phase, tier, duration_ns])).toEqual([
      ["create_api", "daemon", 10],
      ["client_attach", "daemon", 2],
      ["daemon_prepare", null, 68],
    ]);
    expect(coarse.total_ns).toBe(80);
  });

  it("takes nothing after the exec for a boundary", () => {
    const late = partition({ ...complete, runtime_start_exit: nanoseconds(145), create_exit: nanoseconds(148) });
    expect(late.phases.map(({ phase }) => phase)).not.toContain("daemon_start_task");
    expect(late.total_ns).toBe(150);
  });

  it("has no total, and says why, when nothing shows the entrypoint acting", () => {
    const { entry_acts: _, ...silent } = complete;
    const { total_ns, tiers, incomplete, phases } = partition(silent);
    expect(total_ns).toBeNull();
    expect(tiers).toEqual({ daemon_ns: null, runtime_ns: null, process_ns: null });
    expect(incomplete).toContain("entrypoint");
    expect(phases.at(-1)).toMatchObject({ phase: "runtime_start", end_ns: 140 });
  });

  it.each([
    [
      "a boundary before create_sent, by the clock of another machine",
      { create_sent: 0, shim_exec: -5, entry_exec: 7, entry_acts: 10 },
      10,
    ],
    ["no create_sent", { start_sent: 4, entry_exec: 7, entry_acts: 10 }, null],
    ["a create_sent that is not the origin", { create_sent: 3, create_done: 5, entry_exec: 7, entry_acts: 10 }, 7],
    ["a boundary at create_sent", { create_sent: 0, create_done: 0, entry_exec: 7, entry_acts: 10 }, 10],
    ["an act before create_sent", { create_sent: 0, entry_exec: -7, entry_acts: -1 }, null],
    ["an act at create_sent", { create_sent: 0, entry_exec: 0, entry_acts: 0 }, 0],
  ])("adds up to the total with %s", (_, offsets, total) => {
    const { phases, total_ns, incomplete } = partition(at(offsets));
    expect(total_ns).toBe(total);
    expect(sum(phases)).toBe(total ?? 0);
    expect(incomplete === null).toBe(total !== null);
  });

  it("lets the time of a boundary before create_sent fall to the phase that encloses it", () => {
    const { phases } = partition(at({ create_sent: 0, create_done: -5, start_sent: 7, entry_acts: 10 }));
    expect(phases[0]).toMatchObject({ phase: "create_api", begin_ns: 0, end_ns: 7, encloses: ["client_attach"] });
  });

  it("adds up to the total whatever the milestones are", () => {
    const offsets = fc.dictionary(fc.constantFrom(...MILESTONE_NAMES), fc.integer({ min: -100, max: 1000 }));
    fc.assert(
      fc.property(offsets, (some) => {
        const { phases, total_ns } = partition(at(some));
        const whole = sum(phases);
        return phases.every(({ duration_ns }) => duration_ns >= 0) && (total_ns === null || total_ns === whole);
      }),
    );
  });

  it("begins every phase at a milestone of its own", () => {
    const begins = PHASE_NAMES.map((name) => PHASES[name].begins);
    expect(new Set(begins).size).toBe(begins.length);
    expect(begins.every((name) => MILESTONE_NAMES.includes(name))).toBe(true);
  });
});
