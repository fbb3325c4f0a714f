/**
 * What is the coarse probe worth? `npm run validate:coarse-probe [-- --starts N]`: the same starts split by the kernel's times
 * and by what the client and Docker's events show alone; prints bias and spread in Markdown, by tier.
 */
import { loadavg } from "node:os";
import { markdownTable } from "markdown-table";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { median } from "../../../analysis/statistics/one-sample/median.ts";
import { quantile } from "../../../analysis/statistics/one-sample/quantile.ts";
import { quantileInterval } from "../../../analysis/statistics/one-sample/quantile-interval.ts";
import { sortedSamples } from "../../../analysis/statistics/sorted-samples.ts";
import { findEngine } from "../../../benchmarks/edges/engine/find-engine.ts";
import { machineClock } from "../../../benchmarks/edges/host/clock.ts";
import { provideImage } from "../../../benchmarks/edges/images/images.ts";
import { openTracefs } from "../../../benchmarks/edges/probe/tracefs.ts";
import { interruptible } from "../../../benchmarks/edges/terminal/interruptible.ts";
import { observeStart } from "../../../benchmarks/start/observe-start.ts";
import { timeline } from "../../../benchmarks/timeline/timeline.ts";
import { STARTUP } from "../../../research/protocol.ts";
import { GUESSES, SPANS, type Span, type Spans, tiersByEvents, tiersByKernel } from "./tiers-by-events.ts";

const { starts: wanted, engine: url } = await yargs(hideBin(process.argv))
  .option("starts", { type: "number", default: 200 })
  .option("engine", { type: "string" })
  .strict()
  .parseAsync();
const say = (line: string): void => console.error(line);

interface BothWays {
  readonly kernel: Spans;
  readonly events: Spans;
}

async function watch(signal: AbortSignal): Promise<BothWays[]> {
  await using found = await findEngine(url, true, say);
  await found.engine.open();
  const { reference } = await provideImage(found.engine.docker, { kind: "local", name: "small" }, say, signal);
  const request = { image: reference, command: STARTUP.command, timeout: STARTUP.timeout, untilFirstByte: false };
  await using probe = openTracefs();
  const seen: BothWays[] = [];
  while (seen.length < wanted) {
    const wall = machineClock.wallOffset();
    const start = await observeStart({ engine: found.engine, probe, clock: machineClock }, request, signal);
    const { milestones } = timeline({ ...start, wall }, probe.resolution);
    const [kernel, events] = [tiersByKernel(milestones), tiersByEvents(milestones)];
    if (start.outcome !== "ok" || kernel === undefined || events === undefined)
      throw new Error(`a start failed: ${start.problem ?? "it was not seen whole"}`);
    seen.push({ kernel, events });
  }
  return seen;
}

function row(seen: readonly BothWays[], span: Span): string[] {
  const milliseconds = (of: (both: BothWays) => number) => sortedSamples(seen.map((both) => of(both) / 1e6));
  const differences = milliseconds(({ kernel, events }) => events[span] - kernel[span]);
  const interval = quantileInterval(differences, 0.5)?.interval;
  const text = (value: number): string => value.toFixed(2);
  return [
    span,
    GUESSES[span],
    text(median(milliseconds(({ kernel }) => kernel[span]))),
    text(median(milliseconds(({ events }) => events[span]))),
    `${text(median(differences))} (${interval === undefined ? "none" : `${text(interval[0])} to ${text(interval[1])}`})`,
    `${text(quantile(differences, 0.05))} to ${text(quantile(differences, 0.95))}`,
  ];
}

await interruptible(async (signal) => {
  const seen = await watch(signal);
  const header = ["", "by events", "median by kernel", "median by events", "bias (95 % CI)", "spread (5 % to 95 %)"];
  console.log(
    `${seen.length} starts, ms; load average ${loadavg()
      .map((of) => of.toFixed(2))
      .join(", ")} at the end\n`,
  );
  console.log(
    markdownTable([header, ...SPANS.map((span) => row(seen, span))], {
      align: header.map((_, column) => (column < 2 ? "l" : "r")),
    }),
  );
});
