/** A container with a workload in it that measures one trial after the other, timed by marks. */
import { type Outcome, STARTUP } from "../../research/protocol.ts";
import { milliseconds, type Nanoseconds } from "../../research/units.ts";
import type { Trial } from "../design/experiment.ts";
import type { ContainerRequest, Instruments } from "../design/ports.ts";
import { type ObservedStart, observeStart } from "../start/observe-start.ts";
import { readMarks, type Section, sectionsOf } from "./marks.ts";

export interface Readings<M> {
  readonly measured: M;
  readonly headline: Nanoseconds | null;
}

export interface Workload<C, M> {
  readonly request: ContainerRequest;
  /** One for each section of the workload, in this order. */
  readonly conditions: readonly C[];
  /** The row of a trial that failed. */
  readonly unmeasured: M;
  /** Takes the measurement from the marks of a section; what it throws makes the trial a failed one. */
  readonly read: (marks: Section, condition: C, start: ObservedStart) => Readings<M>;
}

/** Runs one container to its end and reads its marks: a trial of each condition. A container that fails fails them all. */
export async function runWorkload<C, M>(
  instruments: Instruments,
  { request, conditions, unmeasured, read }: Workload<C, M>,
  signal: AbortSignal,
): Promise<Trial<M>[]> {
  // As long as each would have on its own.
  const timeout = milliseconds(conditions.length * STARTUP.timeout);
  const start = await observeStart(instruments, { ...request, timeout, untilFirstByte: false }, signal);
  const { containerId } = start;
  const failed = (began: Section["began"], outcome: Outcome, problem: string): Trial<M> => ({
    parts: [{ began: began ?? start.client.create_sent, containerId, outcome, problem, measured: unmeasured }],
    headline: null,
  });
  const sections = sectionsOf(readMarks(start));
  return conditions.map((condition, index) => {
    const section = sections[index];
    if (start.outcome !== "ok") {
      // Of one that failed they are part of the problem.
      const words = start.outcome === "failed" ? undefined : lastWords(start);
      return failed(section?.began ?? null, start.outcome, [start.problem, words].filter(Boolean).join(": "));
    }
    if (section === undefined) return failed(null, "failed", "the workload ended before this trial");
    try {
      const { measured, headline } = read(intact(section), condition, start);
      const began = section.began ?? start.client.create_sent;
      return { parts: [{ began, containerId, outcome: "ok", problem: section.problem, measured }], headline };
    } catch (error) {
      return failed(section.began, "failed", (error as Error).message);
    }
  });
}

const lastWords = ({ errors }: ObservedStart): string | undefined => errors.trim().split("\n").at(-1);

/** @throws Error with what the workload said when it could not go on with this trial */
function intact(section: Section): Section {
  const failure = section.lines.find(({ text }) => text.startsWith(FAILED));
  if (failure !== undefined) throw new Error(failure.text.slice(FAILED.length));
  return section;
}

const FAILED = "failed: ";

/**
 * A Python program from its lines. `mark` writes a line by a single call; `pause` lets it be read before the next comes, so
 * that the client can tell them apart; `measure_nothing` marks an empty stretch. `section` heads a trial, and lets the ones
 * after it be measured when an OSError ends it.
 */
export const python = (...lines: readonly string[]): string[] => [
  "python3",
  "-c",
  [
    "import os, sys, time",
    "def mark(name): os.write(1, name.encode() + b'\\n')",
    "def pause(): time.sleep(0.01)",
    "def measure_nothing(): mark('ready'); pause(); mark('empty'); mark('nothing'); pause()",
    "def section(number, measure, *condition):",
    "  mark(f'section {number}')",
    "  try: measure(*condition)",
    `  except OSError as error: mark(f'${FAILED}{error}')`,
    "  pause()",
    ...lines,
  ].join("\n"),
];

/** Calls a function of the program once for each condition, whose values are its arguments, in sections of their own. */
export const sections = (measure: string, conditions: readonly (readonly (string | number)[])[]): string =>
  `for number, condition in enumerate(${JSON.stringify(conditions)}): section(number, ${measure}, *condition)`;
