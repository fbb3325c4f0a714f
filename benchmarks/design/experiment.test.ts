import { describe, expect, it } from "vitest";
import { count, ns, optional } from "../../research/csv/cells.ts";
import { defineTrialTable } from "../../research/tables/columns/trial-table.ts";
import { clockNs, nanoseconds } from "../../research/units.ts";
import {
  defineExperiment,
  defineSharingExperiment,
  type Experiment,
  type Laboratory,
  NOTHING_RECORDED,
  NOTHING_TO_REMOVE,
  type Part,
} from "./experiment.ts";
import type { OpenRecorder } from "./ports.ts";
import type { Report } from "./run-experiment.ts";
import { whole } from "./session-plan.ts";
import { Unmeasurable } from "./unmeasurable.ts";

const measuredColumns = { took_ns: optional(ns("")), piece: optional(count("")) };
const table = defineTrialTable("write", "", { size: count("") }, measuredColumns, { part: ["piece"] });
type Measured = typeof table.unmeasured;
const part = (fields: Partial<Part<Measured>>): Part<Measured> => ({
  outcome: "ok",
  problem: undefined,
  began: clockNs(5n),
  containerId: undefined,
  measured: { took_ns: nanoseconds(7), piece: null },
  ...fields,
});

async function run(trial: (size: number) => Part<Measured>[], iterations = 50, open?: () => Promise<never>, lacked?: number) {
  const conditions = [1, 2].map((size) => ({ size }));
  const lacking = new Map(conditions.filter(({ size }) => size === lacked).map((condition) => [condition, "too large"]));
  const experiment = defineExperiment("write", {
    table,
    conditions,
    share: 10,
    warmupBlocks: 1,
    blockSeconds: 3,
    roles: ["shell", "web"],
    roleOf: ({ size }) => (size === 1 ? "shell" : "web"),
    workload: "nothing",
    open:
      open ??
      (async () => ({
        ...{ ...NOTHING_TO_REMOVE, lacking },
        trial: async ({ size }) => ({ parts: trial(size), headline: nanoseconds(7) }),
      })),
  });
  return { experiment, ...(await measured(experiment, iterations)) };
}

async function measured(experiment: Experiment, iterations: number) {
  let text = table.header;
  let trials = 0;
  const openRecorder: OpenRecorder = (of) => ({
    record: (...rows) => {
      trials += 1;
      for (const row of rows) text += of.formatRow({ trial: trials, session: 1, ...row } as never);
    },
    [Symbol.dispose]: () => undefined,
  });
  const reports: Report[] = [];
  const laboratory = {
    clock: { now: () => clockNs(5n), wallOffset: () => ({ offset: 100n, error: nanoseconds(1) }) },
    engine: { stillThere: async () => undefined },
  } as unknown as Laboratory;
  const lacks: [string, string][] = [];
  const setting = {
    recorded: NOTHING_RECORDED,
    ...{ laboratory, openRecorder, portion: whole(iterations), seed: 1, onTrial: (report: Report) => reports.push(report) },
    onLack: (condition: string, problem: string) => lacks.push([condition, problem]),
  };
  await experiment.run(setting, new AbortController().signal);
  return { reports, lacks, rows: table.parse(text, "test") };
}

describe("an experiment", () => {
  it("runs its share of the iterations, each condition once a block, and records where and when", async () => {
    const { experiment, rows } = await run(() => [part({})]);
    expect(experiment.size(whole(50))).toEqual({ blocks: 11, trials: 22, seconds: 33 });
    expect(rows).toHaveLength(22);
    for (let block = 1; block <= 11; block += 1) {
      const inBlock = rows.filter((row) => row.block === block);
      expect(inBlock.map(({ size }) => size).sort()).toEqual([1, 2]);
      expect(inBlock.map(({ warmup }) => warmup)).toEqual([block === 1, block === 1]);
    }
    expect(rows[0]).toMatchObject({ outcome: "ok", started_unix_ns: 105n, took_ns: 7, reason: null });
  });

  it("says for platform.json what a trial does, and which conditions run in which image", async () => {
    const { experiment } = await run(() => [part({})], 5);
    expect(experiment.plan(whole(50))).toEqual({
      ...{ name: "write", conditions: ["1", "2"], iterations: 10, warmup_blocks: 1, workload: "nothing" },
    });
    expect(experiment.conditionsIn("shell")).toEqual(["1"]);
    expect(experiment.conditionsIn("web")).toEqual(["2"]);
    expect(experiment.conditionsIn("python")).toEqual([]);
  });

  it("spreads its share over the sessions of a run, and has no part in one to which none of it falls", async () => {
    const { experiment } = await run(() => [part({})], 5);
    const inSession = (iterations: number, index: number) => ({ iterations, sessions: 4, index });
    expect([0, 1, 2, 3].map((index) => experiment.plan(inSession(50, index)).iterations)).toEqual([2, 3, 2, 3]);
    expect([0, 1, 2, 3].map((index) => experiment.size(inSession(10, index)).trials)).toEqual([0, 4, 0, 4]);
  });

  it("records a trial that throws as failed, with the reason in one line, and continues", async () => {
    const { rows, reports } = await run((size) => {
      if (size === 2) throw new Error("no\nspace\u0007 left");
      return [part({})];
    }, 5);
    expect(rows.filter(({ size }) => size === 2)[0]).toMatchObject({ outcome: "failed", took_ns: null, reason: "no space left" });
    expect(rows.filter(({ size }) => size === 1)[0]).toMatchObject({ outcome: "ok" });
    expect(reports.map(({ outcome }) => outcome).sort()).toEqual(["failed", "failed", "ok", "ok"]);
  });

  it("of several parts is as good as the worst of them, and each keeps its own outcome", async () => {
    const pieces = [1, 2].map((piece) => ({ took_ns: nanoseconds(7), piece }));
    const [first, second] = pieces as [Measured, Measured];
    const { rows, reports } = await run(
      () => [part({ measured: first }), part({ measured: second, outcome: "timeout", problem: "too slow" })],
      5,
    );
    expect(rows.slice(0, 2).map(({ trial, outcome, reason }) => [trial, outcome, reason])).toEqual([
      [1, "ok", null],
      [1, "timeout", "too slow"],
    ]);
    expect(reports[0]).toMatchObject({ outcome: "timeout", problem: "too slow" });
  });

  it("leaves out a condition that is unavailable, says why, and measures the others", async () => {
    const { rows, lacks } = await run(() => [part({})], 5, undefined, 2);
    expect(lacks).toEqual([["2", "too large"]]);
    expect(rows.map(({ size }) => size)).toEqual([1, 1]);
  });

  describe("that measures several conditions in one container", () => {
    const visits: (readonly number[])[] = [];
    const sharing = (outcome: (size: number) => Part<Measured>["outcome"]): Experiment =>
      defineSharingExperiment("write", {
        table,
        conditions: [1, 2, 3, 4].map((size) => ({ size })),
        container: ({ size }) => (size < 4 ? "shared" : "own"),
        ...{ share: 50, warmupBlocks: 0, blockSeconds: 3, roles: [], workload: "nothing" },
        open: async () => ({
          ...NOTHING_TO_REMOVE,
          trials: async (conditions) => {
            visits.push(conditions.map(({ size }) => size));
            return conditions.map(({ size }) => ({ parts: [part({ outcome: outcome(size) })], headline: nanoseconds(size) }));
          },
        }),
      });

    it("gives each a trial of its own, in an order drawn from the seed", async () => {
      visits.length = 0;
      const { rows, reports } = await measured(
        sharing(() => "ok"),
        30,
      );
      expect(rows.map(({ size }) => size)).toEqual(visits.flat());
      expect(rows.map(({ trial }) => trial)).toEqual(rows.map((_, index) => index + 1));
      expect(visits).toHaveLength(2 * 30);
      expect(new Set(visits.map((visit) => visit.join("")))).toEqual(new Set(["123", "132", "213", "231", "312", "321", "4"]));
      for (let block = 1; block <= 30; block += 1)
        expect(rows.flatMap((row) => (row.block === block ? row.size : [])).sort()).toEqual([1, 2, 3, 4]);
      expect(reports.flatMap(({ endsBlock }, index) => (endsBlock ? index + 1 : []))).toEqual(
        Array.from({ length: 30 }, (_, block) => 4 * (block + 1)),
      );
      expect(reports.map(({ condition }) => condition)).toEqual(visits.flat().map(String));
    });

    it("continues while any trial in a container succeeds, and stops when none does", async () => {
      const { rows } = await measured(
        sharing((size) => (size === 2 || size === 4 ? "ok" : "failed")),
        10,
      );
      expect(rows).toHaveLength(40);
      await expect(
        measured(
          sharing(() => "failed"),
          10,
        ),
      ).rejects.toThrow("5 starts in a row failed");
    });
  });

  it("that fails every time, or cannot be opened, is unmeasurable", async () => {
    await expect(run(() => [part({ outcome: "failed", problem: "full" })])).rejects.toThrow(Unmeasurable);
    await expect(
      run(
        () => [],
        5,
        () => Promise.reject(new Error("no bridge")),
      ),
    ).rejects.toThrow(new Unmeasurable("no bridge"));
  });
});
