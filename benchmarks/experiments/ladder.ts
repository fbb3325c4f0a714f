/** The same program started through more and more layers: what each layer costs, as its caller sees it. */
import { STARTUP } from "../../research/protocol.ts";
import { ladderTable, type ProcessRung, RUNGS, type Rung } from "../../research/tables/ladder.ts";
import { type ClockNs, elapsedNs, type Nanoseconds } from "../../research/units.ts";
import { defineExperiment, type Laboratory, type Part, type Trial } from "../design/experiment.ts";
import type { Launchers } from "../design/ports.ts";
import { observeStart } from "../start/observe-start.ts";

type Measured = typeof ladderTable.unmeasured;

/** By its path, so that no search is timed. */
const COMMAND = ["/bin/busybox", "echo", "hello"];
const OUTPUT = "hello\n";

const CONDITIONS = RUNGS.map((rung) => ({ rung }));

export const ladder = defineExperiment("ladder", {
  table: ladderTable,
  conditions: CONDITIONS,
  share: 50,
  warmupBlocks: 2,
  blockSeconds: 1,
  roles: ["static"],
  workload: COMMAND.join(" "),
  open: async (laboratory, signal) => {
    const launchers = await laboratory.openLaunchers(laboratory.images.static, signal);
    const run = async (rung: Rung, trialSignal: AbortSignal): Promise<Part<Measured>> =>
      rung === "api" ? started(laboratory, trialSignal) : launched(launchers, rung);
    try {
      // Each is tried once: an installed OCI runtime may not work with this kernel's cgroups.
      const lacking = new Map<(typeof CONDITIONS)[number], string>();
      for (const condition of CONDITIONS) {
        const { problem } = await run(condition.rung, signal).catch((error: Error) => ({ problem: error.message }));
        signal.throwIfAborted();
        if (problem !== undefined) lacking.set(condition, problem);
      }
      if (lacking.size === CONDITIONS.length) throw new Error([...lacking.values()].join("; "));
      return {
        lacking,
        trial: async ({ rung }, trialSignal): Promise<Trial<Measured>> => {
          const part = await run(rung, trialSignal);
          return { parts: [part], headline: part.measured.ended_ns };
        },
        [Symbol.asyncDispose]: () => launchers[Symbol.asyncDispose](),
      };
    } catch (error) {
      await launchers[Symbol.asyncDispose]();
      throw error;
    }
  },
});

async function launched(launchers: Launchers, rung: ProcessRung): Promise<Part<Measured>> {
  const { began, spawned, firstByte, ended, output, problem, timedOut } = await launchers.launch(rung, COMMAND);
  const measured = {
    ...{ spawned_ns: elapsedNs(began, spawned), first_byte_ns: since(began, firstByte), ended_ns: elapsedNs(began, ended) },
    removed_ns: null,
  };
  const what = problem ?? unexpected(output);
  return {
    ...{ began, containerId: undefined, problem: what },
    ...(what === undefined
      ? { outcome: "ok", measured }
      : { outcome: timedOut ? "timeout" : "failed", measured: ladderTable.unmeasured }),
  };
}

async function started({ engine, clock, probe, images }: Laboratory, signal: AbortSignal): Promise<Part<Measured>> {
  const request = { image: images.static, command: COMMAND, settings: { network: "none" } } as const;
  const { outcome, problem, containerId, client, output, errors } = await observeStart(
    // No other rung is traced.
    {
      ...{ engine, clock },
      probe: { ...probe, begin: async () => undefined, end: async () => ({ lines: [], lost: 0, clock: undefined }) },
    },
    { ...request, timeout: STARTUP.timeout, untilFirstByte: false },
    signal,
  );
  const { create_sent: began, first_byte, wait_done, removed } = client;
  const part = { began, containerId };
  const wrong = outcome === "ok" ? unexpected(output.map(({ text }) => text).join("")) : undefined;
  if (outcome !== "ok" || wrong !== undefined)
    return {
      ...{ ...part, outcome: outcome === "ok" ? "failed" : outcome, measured: ladderTable.unmeasured },
      problem: wrong ?? [problem, errors.trim().split("\n").at(-1)].filter(Boolean).join(": "),
    };
  const measured = {
    ...{ spawned_ns: null, first_byte_ns: since(began, first_byte) },
    ...{ ended_ns: since(began, wait_done), removed_ns: since(began, removed) },
  };
  return { ...part, outcome, problem, measured };
}

const since = (began: ClockNs, at: ClockNs | undefined): Nanoseconds | null => (at === undefined ? null : elapsedNs(began, at));

const unexpected = (output: string): string | undefined =>
  output === OUTPUT ? undefined : `it wrote ${JSON.stringify(output.slice(0, 80))}, not ${JSON.stringify(OUTPUT)}`;
