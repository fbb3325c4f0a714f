import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { partitionStop } from "../../research/stop/phases.ts";
import { type ClockNs, clockNs, elapsedNs } from "../../research/units.ts";
import { parseTraceLine } from "../timeline/trace-line.ts";
import { killWords } from "./kill-words.ts";
import { stopSightings } from "./stop-sightings.ts";

interface Captured {
  readonly container_id: string;
  readonly init: number;
  readonly stop_sent_ns: string;
  readonly network_left_ns: string;
  readonly stop_done_ns: string;
  readonly removed_ns: string;
  readonly trace: readonly string[];
}

/** As recorded, less the lines that say nothing of these containers; other engines on that machine unmounted, too. */
const file = new URL("../fixtures/stops/docker20.10-runc-bridge.json", import.meta.url);
const [killed, ended] = (JSON.parse(readFileSync(file, "utf8")) as { stops: [Captured, Captured] }).stops;

function seenOf(stop: Captured, change: (line: string) => string = (line) => line) {
  const events = stop.trace.map(change).flatMap((line) => parseTraceLine(line) ?? []);
  const at = (name: "stop_sent" | "network_left" | "stop_done" | "removed"): ClockNs => clockNs(BigInt(stop[`${name}_ns`]));
  const seen = stopSightings(events, {
    ...{ containerId: stop.container_id, init: stop.init },
    ...{ networkLeft: at("network_left"), until: at("stop_done") },
  });
  const client = { stop_sent: at("stop_sent"), stop_done: at("stop_done"), removed: at("removed") };
  const all = Object.entries({ ...seen.milestones, ...client, network_left: at("network_left") });
  const milestones = Object.fromEntries(all.map(([name, time]) => [name, elapsedNs(client.stop_sent, time)]));
  return { milestones, ...partitionStop(milestones), isIgnored: seen.isIgnored };
}

describe("a stop, as the kernel saw it", () => {
  it("of a first process that ignores SIGTERM: it is killed, and the reason named", () => {
    const { phases, total_ns, isIgnored, milestones } = seenOf(killed);
    expect(phases.map(({ phase, tier, duration_ns }) => [phase, tier, Math.round(duration_ns / 1e6)])).toEqual([
      ["stop_api", "daemon", 35],
      ["runtime_kill", "runtime", 183],
      ["grace", "process", 1258],
      ["killed", "process", 4],
      ["exit_noticed", "daemon", 26],
      ["runtime_delete", "runtime", 171],
      ["network_teardown", "daemon", 709],
      ["unmount", "daemon", 4],
      ["stop_answer", "daemon", 43],
      ["removal", "daemon", 202],
    ]);
    expect(phases.reduce((sum, { duration_ns }) => sum + duration_ns, 0)).toBe(total_ns);
    expect(isIgnored).toBe(true);
    expect(killWords(milestones, isIgnored)).toMatch(/^The container's first process ignores the stop signal, .* after 1\.3 s: /);
  });

  it("of one that ends by the signal", () => {
    const { phases, isIgnored, milestones } = seenOf(ended);
    expect(phases.map(({ phase }) => phase)).not.toContain("killed");
    expect(isIgnored).toBe(false);
    expect(killWords(milestones, isIgnored)).toBeUndefined();
  });

  it("where several engines unmount at once, it cannot be told which is its own", () => {
    const { milestones, phases } = seenOf(ended, (line) => line.replace("31809.006555", "31809.049999"));
    expect(milestones).not.toHaveProperty("unmounted");
    expect(phases.find(({ phase }) => phase === "unmount")?.encloses).toEqual(["stop_answer"]);
  });

  it("what was not seen is within its neighbour, which says so and loses its tier", () => {
    const { phases, tiers, total_ns } = seenOf(ended, (line) => (line.includes("signal_generate") ? "" : line));
    expect(phases[0]).toMatchObject({ phase: "stop_api", tier: null, encloses: ["runtime_kill", "grace"] });
    expect(tiers).toEqual({ daemon_ns: null, runtime_ns: null, process_ns: null });
    expect(phases.reduce((sum, { duration_ns }) => sum + duration_ns, 0)).toBe(total_ns);
  });
});
