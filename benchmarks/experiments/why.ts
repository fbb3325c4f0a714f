/** What a start waits for: the same total as startup's, recorded with the scheduler's events and split by cause. */
import { partition } from "../../research/phases.ts";
import { IMAGE_SIZES, STARTUP } from "../../research/protocol.ts";
import { whyTable } from "../../research/tables/why.ts";
import { nanoseconds } from "../../research/units.ts";
import { defineExperiment, type Part } from "../design/experiment.ts";
import { oneLine } from "../design/one-line.ts";
import { observeStart } from "../start/observe-start.ts";
import { type OwnStarts, PLAIN_STARTS } from "../start/own-starts.ts";
import { startCells } from "../start/startup-row.ts";
import { watchListens } from "../start/watch-listens.ts";
import { watchWall } from "../start/watch-wall.ts";
import { captureOf } from "../timeline/captured-start.ts";
import { SCHEDULER_EVENTS, SCHEDULER_OPTIONS } from "../timeline/causes/scheduler-events.ts";
import { type CauseTime, type PathStep, startCauses } from "../timeline/causes/start-causes.ts";

const LONGEST_LABEL = 120;
const label = (text: string): string => oneLine(text).slice(0, LONGEST_LABEL);

const shortNames = <T extends Pick<PathStep, "program" | "place">>(of: T): T => ({
  ...of,
  program: label(of.program),
  place: of.place === null ? null : label(of.place),
});

/** Names that are the same once they are short are one: a row is told apart by them. */
function labelled(causes: readonly CauseTime[]): CauseTime[] {
  const rows = new Map<string, CauseTime>();
  for (const time of causes) {
    const named = shortNames(time);
    const key = JSON.stringify([named.phase, named.cause, named.program, named.place]);
    rows.set(key, { ...named, ns: nanoseconds(time.ns + (rows.get(key)?.ns ?? 0)) });
  }
  return [...rows.values()];
}

export interface WhyDesign {
  /** The reference by which the engine knows each image. */
  readonly references: ReadonlyMap<string, string>;
  readonly starts: OwnStarts;
}

/** Each of our images, as they are called; to plan with. */
export const USUAL_WHY: WhyDesign = { references: new Map(IMAGE_SIZES.map((name) => [name, name])), starts: PLAIN_STARTS };

export const whyOf = ({ references, starts: { command, wait, words } }: WhyDesign) =>
  defineExperiment("why", {
    table: whyTable,
    conditions: [...references.keys()].map((image) => ({ image })),
    share: 20,
    warmupBlocks: 1,
    blockSeconds: 1.5,
    roles: [],
    ofImages: [...references.keys()],
    workload: `${words}, with the scheduler's events`,
    open: async (laboratory) => {
      const { engine, probe, clock, clientPid, keepTrace, keepPath } = laboratory;
      if (keepTrace !== undefined && clientPid === undefined)
        throw new Error(
          "--keep-traces keeps what this machine's kernel recorded, and the engine has another kernel: leave it out",
        );
      const scheduler = await probe.watch({ events: SCHEDULER_EVENTS, options: SCHEDULER_OPTIONS });
      const listens = await watchListens(probe, wait.until);
      return {
        trial: async ({ image }, signal) => {
          const wall = watchWall(clock);
          const request = {
            ...{ image: references.get(image) as string, command, ...wait, timeout: STARTUP.timeout },
            untilFirstByte: wait.until !== undefined && wait.until.kind !== "exits",
          };
          const start = await observeStart(laboratory, request, signal);
          if (start.containerId !== undefined) keepTrace?.(start.containerId, captureOf({ ...start, clientPid }));
          const { milestones, judged } = startCells(start, wall(), engine.local, probe);
          const parts = partition(milestones);
          const found = judged.outcome === "ok" ? startCauses({ ...start, clientPid, wall: undefined }, parts) : judged;
          const common = { ...judged, began: start.client.create_sent, containerId: start.containerId };
          if (!("causes" in found)) {
            const { outcome } = judged;
            const problem = found.problem ?? "no reason is known";
            // A start that ended well and cannot be explained was not watched as it should be.
            const part: Part<typeof whyTable.unmeasured> = {
              ...common,
              outcome: outcome === "ok" ? "probe-lost" : outcome,
              problem,
              measured: whyTable.unmeasured,
            };
            return { parts: [part], headline: null };
          }
          if (start.containerId !== undefined) keepPath?.(start.containerId, found.path.map(shortNames));
          const measured = labelled(found.causes).map((time) => ({ ...common, measured: { total_ns: parts.total_ns, ...time } }));
          return { parts: measured, headline: parts.total_ns };
        },
        [Symbol.asyncDispose]: async () => {
          await listens?.[Symbol.asyncDispose]();
          await scheduler[Symbol.asyncDispose]();
        },
      };
    },
  });
