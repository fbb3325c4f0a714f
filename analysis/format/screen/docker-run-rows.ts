/** What `docker run` takes beside the start within it, in the order in which it happens. */
import { plain } from "../../../research/text/screen/screen.ts";
import { fitted } from "../../../research/text/screen/table.ts";
import { ms, roundPct } from "../../samples/numbers.ts";
import { levelOf } from "../../summaries/described.ts";
import type { ConditionSummary } from "../../summaries/summary.ts";

const PARTS: readonly (readonly [metric: string, title: string, clause: string])[] = [
  ["cli_before_ms", "docker before", "the command loads, and asks the engine"],
  ["total_ms", "the start", "until the entrypoint acts: see below"],
  ["exit_ms", "exit", "the entrypoint ends"],
  ["removal_ms", "removal", "network and files are torn down"],
  ["cli_after_ms", "docker after", "the command hears of it, and ends"],
];

/** None for a condition that was not timed as docker run. */
export function dockerRunRows({ metrics, condition }: ConditionSummary, columns: number): string[] {
  const whole = metrics.docker_run_ms?.mean ?? null;
  if (whole === null || whole === 0) return [];
  const rows = PARTS.flatMap(([metric, title, clause]) => {
    const part = metrics[metric];
    if (part === undefined || part.mean === null) return [];
    return [[title, ms(levelOf(part).value), roundPct((100 * part.mean) / whole), clause]];
  });
  return fitted(
    [
      { title: "docker run", align: "left", least: 14 },
      { title: "median ms", align: "right" },
      { title: "mean %", align: "right" },
      { title: `what happens (${plain(condition)})`, align: "left", fills: [38, 64], drop: 1 },
    ],
    rows,
    columns,
  );
}
