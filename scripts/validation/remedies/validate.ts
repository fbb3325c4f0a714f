/**
 * Do the remedies help, and by as much as the cause says? `npm run validate:remedies [-- --blocks N --only NAME]`: applies each
 * remedy of the product's table that can be applied here, in turns with the unmended, on private engines of its own, and
 * prints in Markdown what the cause predicted and what was found. Root on Debian or Ubuntu.
 */
import { loadavg } from "node:os";
import { markdownTable } from "markdown-table";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { openTracefs } from "../../../benchmarks/edges/probe/tracefs.ts";
import { interruptible } from "../../../benchmarks/edges/terminal/interruptible.ts";
import { SCHEDULER_EVENTS, SCHEDULER_OPTIONS } from "../../../benchmarks/timeline/causes/scheduler-events.ts";
import type { Shift } from "../injection/recovery.ts";
import { gainOf } from "./gain.ts";
import { type Block, observeInTurns } from "./observe-in-turns.ts";
import { openStates } from "./states.ts";
import { NOT_TRIED, TRIALS, type Trial } from "./trials.ts";

const {
  blocks: wanted,
  seed,
  only,
} = await yargs(hideBin(process.argv))
  .option("blocks", { type: "number", default: 30 })
  .option("seed", { type: "number", default: 1 })
  .option("only", { type: "string", default: "", describe: "remedies whose names contain this" })
  .strict()
  .parseAsync();
const say = (line: string): void => console.error(line);
const number = (value: number): string => value.toFixed(1).replace(/^-(0\.0)$/, "$1");
const both = ({ ms, interval }: Shift): string =>
  `${number(ms)} (${interval === null ? "none" : interval.map(number).join(" to ")})`;

function row({ remedy, unmended, mended, ...trial }: Trial, blocks: readonly Block[]): string[] {
  const gain = gainOf(trial, blocks);
  return [
    ...[`\`${remedy}\``, unmended, mended],
    ...[gain.unmended, gain.predicted, gain.there, gain.found, gain.beyond].map(both),
    gain.verdict,
  ];
}

await interruptible(async (signal) => {
  await using states = await openStates(say, signal);
  await using probe = openTracefs();
  await using _scheduler = await probe.watch({ events: SCHEDULER_EVENTS, options: SCHEDULER_OPTIONS });
  const lackOf = (trial: Trial): string | undefined => trial.states.map((state) => states.lacking.get(state)).find((why) => why);
  const asked = TRIALS.filter(({ remedy }) => remedy.includes(only));
  const tried = asked.filter((trial) => lackOf(trial) === undefined);
  const of = [...new Set(tried.flatMap((trial) => trial.states))];
  const before = loadavg();
  const blocks = await observeInTurns(states, probe, { of, blocks: wanted, seed }, signal, (done) =>
    say(`block ${done} of ${wanted}`),
  );
  const load = [before, loadavg()].map((of) => of.map((value) => value.toFixed(2)).join(", "));
  console.log(`${blocks.length} blocks, seed ${seed}; load average ${load[0]} before, ${load[1]} after`);
  console.log("\nms; Hodges-Lehmann estimates of the differences within blocks, 95 % intervals\n");
  const header = ["remedy", "unmended", "mended", "a start, unmended", "predicted", "gone there", "found", "beyond", "verdict"];
  const align = header.map((_, column) => (column < 3 ? "l" : "r"));
  console.log(markdownTable([header, ...tried.map((trial) => row(trial, blocks))], { align }));
  const untried = [
    ...Object.entries(NOT_TRIED).filter(([remedy]) => remedy.includes(only)),
    ...asked.flatMap((trial): [string, string][] => {
      const lack = lackOf(trial);
      return lack === undefined ? [] : [[trial.remedy, lack]];
    }),
  ];
  if (untried.length > 0) console.log("\nNot tried:\n");
  for (const [remedy, why] of untried) console.log(`- \`${remedy}\`: ${why}`);
});
