/** How much sessions of a host differ, as its other platforms show it, where the two that are compared have too few. */
import * as z from "zod";
import type { Host } from "../../research/manifest.ts";
import { grouped } from "../samples/grouped.ts";
import { FEWEST_SESSIONS } from "../samples/sessions.ts";
import { median } from "../statistics/one-sample/median.ts";
import { sessionLevel } from "../statistics/sessions/session-level.ts";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import { notTheSame } from "../subjects/context.ts";
import { conditionKey, type MetricName, metricKey } from "../subjects/key.ts";
import { sessionOf } from "../subjects/measurement.ts";
import type { Subject } from "../subjects/subject.ts";
import { valuesOf } from "./match-sessions.ts";

export const hostSpread = z.object({
  platform: z.string().describe("another one of a's or b's host"),
  sessions: z.int(),
  sd_factor: z.number().describe("how much its sessions differ, as a factor (1.05 is 5 %)"),
});
export type HostSpread = Readonly<z.infer<typeof hostSpread>>;

/**
 * Of the same condition, measured in the same way, in three sessions at least.
 * @param others all platforms at hand
 */
export function hostSpreads(a: Subject, b: Subject, others: readonly Subject[], name: MetricName): HostSpread[] {
  const contextOf = ({ conditions }: Subject) => conditions.get(conditionKey(name))?.context;
  return others.flatMap((other): HostSpread[] => {
    if (other === a || other === b || ![a, b].some((each) => sameHost(each, other))) return [];
    if (notTheSame(contextOf(a), contextOf(other)) !== undefined) return [];
    const found = other.measurements.find((each) => metricKey(each) === metricKey(name));
    if (found === undefined) return [];
    const places = [...grouped(found.values.keys(), (place) => sessionOf(found.blocks[place] as number)).values()];
    const level = sessionLevel(valuesOf(found.values, places).map((values) => median(sortedSamples(values))));
    if (level === null || places.length < FEWEST_SESSIONS) return [];
    const sd_factor = Math.exp(level.standardError * Math.sqrt(places.length));
    return [{ platform: other.label, sessions: places.length, sd_factor }];
  });
}

/** Every session of both on the same machine, as platform.json describes it. */
function sameHost(a: Subject, b: Subject): boolean {
  if (!("manifest" in a.source && "manifest" in b.source)) return false;
  const hosts = [a.source, b.source].flatMap(({ manifest }) => manifest.sessions.map(({ host }) => hostKey(host)));
  return new Set(hosts).size === 1;
}

/** What Node is installed and what the governor is set to may change; the machine stays. */
export const hostKey = ({ node: _node, governor: _governor, ...machine }: Host): string =>
  JSON.stringify(Object.entries(machine).sort(([x], [y]) => (x < y ? -1 : 1)));
