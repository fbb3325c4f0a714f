/** What a person sees while it runs: a bar on a terminal, a line a block elsewhere. */
import { stderr } from "node:process";
import { SingleBar } from "cli-progress";
import { message } from "../../../research/text/visible.ts";
import { type Nanoseconds, toMilliseconds } from "../../../research/units.ts";
import type { Report } from "../../design/run-experiment.ts";

export interface Progress extends Disposable {
  readonly trial: (report: Report) => void;
  /** A line above the bar. */
  readonly say: (line: string) => void;
}

/** @param of the experiment's name, with what parts it from the rest of the line, or nothing */
export const openProgress = (of: string, { blocks, trials }: { readonly blocks: number; readonly trials: number }): Progress =>
  stderr.isTTY ? barProgress(of, blocks, trials) : lineProgress(of, blocks);

function barProgress(of: string, blocks: number, trials: number): Progress {
  const medians = runningMedians();
  const bar = new SingleBar({
    format: `${of}[{bar}] block {block}/{blocks} · {condition} · {median} · ETA {eta_formatted}`,
    barsize: 24,
    hideCursor: true,
    etaBuffer: 30,
    stream: stderr,
  });
  bar.start(trials, 0, { block: 0, blocks, condition: "first start", median: "" });
  return {
    trial: (report) => {
      const { condition, median } = medians(report);
      bar.increment(1, { block: report.block, condition, median });
    },
    say: (line) => {
      stderr.write(`\r\u001b[K${message(line)}\n`);
      bar.updateETA();
    },
    [Symbol.dispose]: () => bar.stop(),
  };
}

function lineProgress(of: string, blocks: number): Progress {
  const medians = runningMedians();
  const begun = performance.now();
  let seen = new Map<string, string>();
  /** A session that is continued does not begin with its first. */
  let first: number | undefined;
  return {
    trial: (report) => {
      first ??= report.block;
      const { condition, median } = medians(report);
      seen.set(condition, median);
      if (!report.endsBlock) return;
      const { block } = report;
      const eta = Math.round((((performance.now() - begun) / (block - first + 1)) * (blocks - block)) / 1000);
      stderr.write(`${of}block ${block}/${blocks} · ${[...seen].map((entry) => entry.join(" ")).join(" · ")} · ETA ${eta} s\n`);
      seen = new Map();
    },
    say: (line) => {
      stderr.write(`${message(line)}\n`);
    },
    [Symbol.dispose]: () => undefined,
  };
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
