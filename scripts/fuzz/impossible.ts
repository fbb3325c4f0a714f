/**
 * What can be no measurement, whatever the reader says: written once more, from what the quantities are, and not from how the
 * tables check them.
 */
import type { Measurement } from "../../analysis/subjects/measurement.ts";

/** Longer than the longest trial, in ms: the whole run of the study took less than an hour. */
const LONGEST_MS = 86_400_000;
/** Differences and shares may be 0: what was clamped, what nobody shares. */
const MAY_BE_NOTHING: ReadonlySet<string> = new Set([
  ...["copyup_ms", "duration_ms", "variance_pct", "cpus", "throttled_pct", "sharing_pct", "pss_mb", "lost_pct"],
  ...["speed_mbps", "spawn_ms", "daemon_ms", "runtime_ms", "process_ms"],
]);

/** What an engine does takes longer than to execute a single program, by far. */
const OF_AN_ENGINE: ReadonlySet<string> = new Set(["total_ms", "startup_ms", "pull_time_ms", "docker_pull_ms"]);

/** @returns in words; `undefined` where every value could have been measured */
export function impossibleValue({ metric, unit, values }: Measurement): string | undefined {
  const say = (what: string, value: number): string => `${metric} ${value} ${unit}: ${what}`;
  for (const value of values) {
    if (!Number.isFinite(value)) return say("no number", value);
    if (metric === "variance_pct" || metric === "difference_ms") continue; // of two runs, the first of which may have been the shorter
    if (value < 0) return say("negative", value);
    if (unit === "ms" && value > LONGEST_MS) return say("longer than a day", value);
    if (unit === "µs" && value > 1e3 * LONGEST_MS) return say("longer than a day", value);
    if (value < 1 && OF_AN_ENGINE.has(metric)) return say("an engine does nothing in less than a millisecond", value);
    if (value > 0 && value < 1e-6) return say("no clock and no scale tells so little", value);
    if (unit === "% of periods" && value > 100) return say("more periods than there were", value);
    if (metric === "sharing_pct" && value > 100) return say("more than all", value);
    if (metric === "cpus" && value > 2.2) return say("two processes use no more than two processors", value);
    if (metric === "lost_pct" && value > 100) return say("more messages than were sent", value);
    if (value === 0 && !MAY_BE_NOTHING.has(metric) && unit === "MB/s") return say("a speed of nothing", value);
  }
  return undefined;
}
