/** What a trial's time is made of beside the phases of a start: of `docker run`, and of a container's end, in their order. */
import { STOP_PHASES } from "../../../research/stop/phases.ts";
import { plain } from "../../../research/text/screen/screen.ts";
import { fitted } from "../../../research/text/screen/table.ts";
import { ms, roundPct } from "../../samples/numbers.ts";
import { levelOf } from "../../summaries/described.ts";
import type { ConditionSummary, MetricSummary } from "../../summaries/summary.ts";

interface Part {
  readonly title: string;
  readonly clause: string;
  readonly measured: MetricSummary;
  /** Of summed time. */
  readonly share_pct: number;
}

type Kind = readonly [metric: string, title: string, clause: string];

const OF_DOCKER_RUN: readonly Kind[] = [
  ["cli_before_ms", "docker before", "the command loads, and asks the engine"],
  ["total_ms", "the start", "until the entrypoint acts: see below"],
  ["exit_ms", "exit", "the entrypoint ends"],
  ["removal_ms", "removal", "network and files are torn down"],
  ["cli_after_ms", "docker after", "the command hears of it, and ends"],
];

const OF_STOP = Object.entries(STOP_PHASES).map(([name, { title, clause }]): Kind => [`${name}_ms`, title, clause]);

/** None for a condition that was neither timed as docker run nor stopped. */
function partsOf({ experiment, metrics }: ConditionSummary): { readonly heading: string; readonly parts: readonly Part[] } {
  const isStop = experiment === "stop";
  const whole = metrics[isStop ? "total_ms" : "docker_run_ms"]?.mean ?? null;
  const parts = (isStop ? OF_STOP : OF_DOCKER_RUN).flatMap(([metric, title, clause]): Part[] => {
    const measured = metrics[metric];
    if (measured === undefined || measured.mean === null || whole === null || whole === 0) return [];
    return [{ title, clause, measured, share_pct: (100 * measured.mean) / whole }];
  });
  return { heading: isStop ? "phases of a stop" : "docker run", parts };
}

export function partRows(summary: ConditionSummary, columns: number): string[] {
  const { heading, parts } = partsOf(summary);
  if (parts.length === 0) return [];
  return fitted(
    [
      { title: heading, align: "left", least: 14 },
      { title: "median ms", align: "right" },
      { title: "mean %", align: "right" },
      { title: `what happens (${plain(summary.condition)})`, align: "left", fills: [38, 64], drop: 1 },
    ],
    parts.map(({ title, clause, measured, share_pct }) => [title, ms(levelOf(measured).value), roundPct(share_pct), clause]),
    columns,
  );
}

/** `57 % of it is “network teardown”: the shim ends, the network is removed`; of `docker run` the start's own phases say it. */
export function largestPart(summary: ConditionSummary): string | undefined {
  if (summary.experiment !== "stop") return;
  const [largest] = partsOf(summary).parts.toSorted((a, b) => b.share_pct - a.share_pct);
  return largest && `${roundPct(largest.share_pct)} % of it is “${largest.title}”: ${largest.clause}`;
}
