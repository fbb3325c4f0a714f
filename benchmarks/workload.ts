/** A trial that is one container with a workload in it, timed by marks. */
import { STARTUP } from "../research/protocol.ts";
import type { Nanoseconds } from "../research/units.ts";
import type { Trial } from "./experiment.ts";
import { type Instruments, type ObservedStart, observeStart } from "./experiments/startup.ts";
import { type Marks, readMarks } from "./marks.ts";
import type { ContainerRequest } from "./ports.ts";

export interface Readings<M> {
  readonly measured: M;
  readonly headline: Nanoseconds | null;
}

/**
 * Runs one container to its end and reads its marks.
 * @param unmeasured the row of a workload that did not go well
 * @param read takes the measurement from the marks; what it throws makes the trial a failed one
 */
export async function runWorkload<M>(
  instruments: Instruments,
  request: ContainerRequest,
  unmeasured: M,
  read: (marks: Marks, start: ObservedStart) => Readings<M>,
  signal: AbortSignal,
): Promise<Trial<M>> {
  const start = await observeStart(instruments, { ...request, timeout: STARTUP.timeout, untilFirstByte: false }, signal);
  const { client, containerId } = start;
  const trial = { began: client.create_sent };
  if (start.outcome !== "ok") {
    const problem = [start.problem, start.errors.trim().split("\n").at(-1)].filter(Boolean).join(": ");
    const rows = [{ containerId, measured: unmeasured }];
    return { ...trial, outcome: start.outcome, problem, rows, headline: null };
  }
  const marks = readMarks(start);
  try {
    const { measured, headline } = read(marks, start);
    return { ...trial, outcome: "ok", problem: marks.problem, rows: [{ containerId, measured }], headline };
  } catch (error) {
    const rows = [{ containerId, measured: unmeasured }];
    return { ...trial, outcome: "failed", problem: (error as Error).message, rows, headline: null };
  }
}

/**
 * A Python program from its lines. `mark` writes a line by a single call; `pause` lets it be read before the next comes, so
 * that the client can tell them apart; `measure_nothing` marks an empty stretch.
 */
export const python = (...lines: readonly string[]): string[] => [
  "python3",
  "-c",
  [
    "import os, sys, time",
    "def mark(name): os.write(1, name.encode() + b'\\n')",
    "def pause(): time.sleep(0.01)",
    "def measure_nothing(): mark('ready'); pause(); mark('empty'); mark('nothing'); pause()",
    ...lines,
  ].join("\n"),
];
