/** What a person sees while it runs: one bar for the whole run on a terminal, a line a block elsewhere. */
import { stderr } from "node:process";
import { duration } from "../../../research/text/duration.ts";
import { joined } from "../../../research/text/screen/screen.ts";
import { type Nanoseconds, toMilliseconds } from "../../../research/units.ts";
import type { Report } from "../../design/run-experiment.ts";
import { status, statusTerminal } from "./status-line.ts";

/** A part of the run that is about to be measured: an experiment in a session. */
export interface Stretch {
  /** Which session it is, with what parts it from the rest of the line, or nothing. */
  readonly place: string;
  readonly experiment: string;
  /** Its place among the experiments of the run, from 1, and how many there are. */
  readonly index: number;
  readonly experiments: number;
  readonly blocks: number;
  readonly trials: number;
  /** That it takes, as estimated. */
  readonly seconds: number;
}

export interface Progress {
  /** Adds to what the whole run takes, as estimated. */
  readonly expect: (seconds: number) => void;
  readonly begin: (of: Stretch) => (report: Report) => void;
  /** Ends the stretch, however many trials it had. */
  readonly end: () => void;
}

export function openProgress(): Progress {
  let [expected, done] = [0, 0];
  let begun: number | undefined;
  let medians = runningMedians();
  /** Of the estimates, corrected by how far off they were until now; `undefined` before anything is known. */
  const left = (): number | undefined => {
    if (begun === undefined || done === 0 || expected === 0) return undefined;
    return Math.max(0, expected - done) * ((performance.now() - begun) / 1000 / done);
  };
  let [first, trials] = [0, 0];
  /** Of the stretch: what is left of it. */
  let part: Pick<Stretch, "seconds" | "trials"> = { seconds: 0, trials: 0 };
  return {
    expect: (seconds) => {
      expected += seconds;
    },
    begin: (of) => {
      begun ??= performance.now();
      [first, trials, part] = [done, 0, of];
      medians = runningMedians();
      const seen = new Map<string, string>();
      if (stderr.isTTY) status(barLine(of, done / Math.max(expected, of.seconds), ["first trial", ""], left()));
      return (report) => {
        // A session that was interrupted goes on where it was.
        if (trials === 0) {
          part = fromBlock(report.block, of);
          expected -= of.seconds - part.seconds;
        }
        trials += 1;
        done = first + part.seconds * Math.min(1, trials / Math.max(1, part.trials));
        const { condition, median } = medians(report);
        if (stderr.isTTY) status(barLine(of, done / Math.max(expected, done), [condition, median], left()));
        seen.set(condition, median);
        if (!report.endsBlock) return;
        if (!stderr.isTTY) stderr.write(`${blockLine(of, report.block, seen, left())}\n`);
        seen.clear();
      };
    },
    end: () => {
      done = first + part.seconds;
      status("");
    },
  };
}

/** Without the blocks before it. */
function fromBlock(block: number, { seconds, trials, blocks }: Stretch): Pick<Stretch, "seconds" | "trials"> {
  const left = Math.min(1, (blocks - block + 1) / Math.max(1, blocks));
  return { seconds: seconds * left, trials: trials * left };
}

const BAR = 12;

/** @param now the condition, and its median so far: the word for it goes where there is no room for it */
function barLine(
  of: Stretch,
  share: number,
  now: readonly [condition: string, median: string],
  left: number | undefined,
): string {
  const full = Math.round(BAR * Math.min(1, share));
  const bar = `${"█".repeat(full)}${"·".repeat(BAR - full)}`;
  const which = of.experiments === 1 ? of.experiment : `${of.experiment} ${of.index}/${of.experiments}`;
  const parts = [
    `${Math.floor(100 * Math.min(1, share))} %`,
    ...(left === undefined ? [] : [`ETA ${duration(left)}`]),
    `${of.place}${which}`,
  ];
  const columns = statusTerminal().columns - 1;
  const long = now.join(" ").trim();
  const line = joined(`${bar} `, [...parts, long], columns);
  return line.endsWith(long) ? line : joined(`${bar} `, [...parts, long.replace("median ", "")], columns);
}

function blockLine(of: Stretch, block: number, seen: ReadonlyMap<string, string>, left: number | undefined): string {
  const name = of.experiments === 1 ? "" : `${of.experiment}: `;
  const told = [...seen].map((entry) => entry.join(" ")).join(" · ");
  return `${of.place}${name}block ${block}/${of.blocks} · ${told} · ETA ${left === undefined ? "unknown" : duration(left)}`;
}

/** The median so far of each condition's totals, and the condition's name for people. */
function runningMedians(): (report: Report) => { condition: string; median: string } {
  const totals = new Map<string, Nanoseconds[]>();
  return ({ condition: name, warmup, total, outcome }) => {
    const condition = `${name}${warmup ? " (warm-up)" : ""}`;
    const sample = totals.get(condition) ?? [];
    totals.set(condition, sample);
    if (total !== null && outcome === "ok") sample.push(total);
    const middle = sample.toSorted((a, b) => a - b)[sample.length >> 1];
    return { condition, median: middle === undefined ? outcome : `median ${readable(middle)}` };
  };
}

/** Starts take hundreds of milliseconds, a system call fractions of one. */
const readable = (duration: Nanoseconds): string => {
  const ms = toMilliseconds(duration);
  return `${ms >= 10 ? ms.toFixed(0) : ms.toPrecision(2)} ms`;
};
