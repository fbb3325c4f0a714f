/**
 * Does the helper's clock bound hold? `npm run validate:sidecar [-- --starts N] [--engine unix:///…]`, as root on the
 * engine's host: the same starts seen by tracefs and through the helper, on one clock, on a client's clock that is shifted
 * (a time namespace), and over a TCP connection that a proxy delays, or the kernel where it has netem. Prints a Markdown table.
 */
import { quantileSorted } from "simple-statistics";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { findEngine } from "../../../benchmarks/edges/engine/find-engine.ts";
import { netemProblem } from "./far-network.ts";
import { type Comparison, isEventWithin, isWithin, type Scenario, watch } from "./scenario.ts";

const { starts, engine: url } = await yargs(hideBin(process.argv))
  .option("starts", { type: "number", default: 100 })
  .option("engine", { type: "string" })
  .strict()
  .parseAsync();

const SHIFT_S = 100_000;
const SCENARIOS: readonly Scenario[] = [
  { name: "one clock, engine's socket", shift_s: 0, delay: undefined },
  { name: "shifted clock, engine's socket", shift_s: SHIFT_S, delay: undefined },
  { name: "shifted clock, TCP, 2 ms each way", shift_s: SHIFT_S, delay: { by: "proxy", thereMs: 2, backMs: 2 } },
  { name: "shifted clock, TCP, 10 ms each way", shift_s: SHIFT_S, delay: { by: "proxy", thereMs: 10, backMs: 10 } },
  { name: "shifted clock, TCP, 20 ms there, none back", shift_s: SHIFT_S, delay: { by: "proxy", thereMs: 20, backMs: 0 } },
  { name: "shifted clock, TCP, none there, 20 ms back", shift_s: SHIFT_S, delay: { by: "proxy", thereMs: 0, backMs: 20 } },
  { name: "shifted clock, netem, 10 ms each way", shift_s: SHIFT_S, delay: { by: "netem", thereMs: 10, backMs: 10 } },
  { name: "shifted clock, netem, 20 ms there, none back", shift_s: SHIFT_S, delay: { by: "netem", thereMs: 20, backMs: 0 } },
  { name: "shifted clock, netem, none there, 20 ms back", shift_s: SHIFT_S, delay: { by: "netem", thereMs: 0, backMs: 20 } },
];

await using found = await findEngine(url, true, (line) => console.error(line));
if (!found.url.startsWith("unix://")) throw new Error("the truth is tracefs: name the socket of an engine on this machine");

const ms = (ns: number): string => (ns / 1e6).toFixed(3);
const sorted = (of: readonly Comparison[], value: (one: Comparison) => number): number[] => of.map(value).sort((a, b) => a - b);
const share = (of: readonly Comparison[], holds: (one: Comparison) => boolean): string =>
  `${of.filter(holds).length}/${of.length}`;

console.log(
  "| client's clock and connection | bound, median (ms) | bound, max | error, median | error, max | within the bound | events: bound, median | error, max | within |",
);
console.log("| :-- | --: | --: | --: | --: | --: | --: | --: | --: |");
const noNetem = await netemProblem();
if (noNetem !== undefined) console.error(`scenarios with netem are left out: ${noNetem}`);
for (const scenario of SCENARIOS.filter(({ delay }) => noNetem === undefined || delay?.by !== "netem")) {
  const seen: Comparison[] = [];
  for await (const comparison of watch(scenario, found.url.slice("unix://".length), starts)) seen.push(comparison);
  const bounds = sorted(seen, ({ bound }) => bound);
  const errors = sorted(seen, ({ worst }) => worst);
  const eventErrors = sorted(seen, ({ eventWorst }) => eventWorst);
  const cells = [
    scenario.name,
    ms(quantileSorted(bounds, 0.5)),
    ms(bounds.at(-1) ?? Number.NaN),
    ms(quantileSorted(errors, 0.5)),
    ms(errors.at(-1) ?? Number.NaN),
    share(seen, isWithin),
    ms(
      quantileSorted(
        sorted(seen, ({ eventBound }) => eventBound),
        0.5,
      ),
    ),
    ms(eventErrors.at(-1) ?? Number.NaN),
    share(seen, isEventWithin),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
