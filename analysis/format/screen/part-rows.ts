/** What a trial's time is made of beside the phases of a start: of `docker run`, of a container's end and of a pull, in their order. */
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
  /** Of summed time; `null` for sums over layers, some of which are downloaded at the same time. */
  readonly share_pct: number | null;
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

const OF_PULL: readonly Kind[] = [
  ["download_ms", "download", "of all layers, some at the same time"],
  ["verify_ms", "verify", "of their digests"],
  ["extract_ms", "extract", "one layer after the other"],
];

const WHOLES = [
  { metric: "docker_run_ms", heading: "docker run", kinds: OF_DOCKER_RUN, addUp: true },
  { metric: "pull_ms", heading: "layers of a pull", kinds: OF_PULL, addUp: false },
] as const;
const OF_STOPS = { metric: "total_ms", heading: "phases of a stop", kinds: OF_STOP, addUp: true } as const;

/** None for a condition that was neither timed as docker run nor stopped nor pulled. */
function partsOf({ experiment, metrics }: ConditionSummary): { readonly heading: string; readonly parts: readonly Part[] } {
  const found = experiment === "stop" ? OF_STOPS : WHOLES.find(({ metric }) => metric in metrics);
  if (found === undefined) return { heading: "", parts: [] };
  const { metric, heading, kinds, addUp } = found;
  const whole = metrics[metric]?.mean ?? null;
  const parts = kinds.flatMap(([name, title, clause]): Part[] => {
    const measured = metrics[name];
    if (measured === undefined || measured.mean === null || whole === null || whole === 0) return [];
    return [{ title, clause, measured, share_pct: addUp ? (100 * measured.mean) / whole : null }];
  });
  return { heading, parts };
}

export function partRows(summary: ConditionSummary, columns: number): string[] {
  const { heading, parts } = partsOf(summary);
  if (parts.length === 0) return [];
  return fitted(
    [
      { title: heading, align: "left", least: 14 },
      { title: "median ms", align: "right" },
      { title: parts.some(({ share_pct }) => share_pct !== null) ? "mean %" : "", align: "right" },
      { title: `what happens (${plain(summary.condition)})`, align: "left", fills: [38, 64], drop: 1 },
    ],
    parts.map(({ title, clause, measured, share_pct }) => [
      title,
      ms(levelOf(measured).value),
      share_pct === null ? "" : roundPct(share_pct),
      clause,
    ]),
    columns,
  );
}

/** Their numbers as the screen calls them, of which there may be doubts. */
export const partsTold = (summary: ConditionSummary): { readonly name: string; readonly measured: MetricSummary }[] =>
  partsOf(summary).parts.map(({ title, measured }) => ({ name: title, measured }));

/** `57 % of it is “network teardown”: the shim ends, the network is removed`; of `docker run` the start's own phases say it. */
export function largestPart(summary: ConditionSummary): string | undefined {
  if (summary.experiment !== "stop" && summary.experiment !== "pull") return;
  const [largest] = partsOf(summary).parts.toSorted((a, b) => (b.measured.mean ?? 0) - (a.measured.mean ?? 0));
  if (largest === undefined) return;
  const { title, clause, measured, share_pct } = largest;
  return share_pct === null
    ? `Its largest part is “${title}”, ${ms(levelOf(measured).value)} ms: ${clause}`
    : `${roundPct(share_pct)} % of it is “${title}”: ${clause}`;
}
