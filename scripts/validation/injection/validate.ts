/**
 * Do known delays come back in the right phase? `npm run validate:injection [-- --blocks N]`: puts delays into one place of a
 * start at a time, on a private engine of its own (its images stay in /var/lib/tierbench/delayed), and prints in Markdown
 * what the phases took. Root on Debian or Ubuntu.
 */
import { loadavg } from "node:os";
import { markdownTable } from "markdown-table";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { provideImage } from "../../../benchmarks/edges/images/images.ts";
import { openTracefs } from "../../../benchmarks/edges/probe/tracefs.ts";
import { interruptible } from "../../../benchmarks/edges/terminal/interruptible.ts";
import { PHASES } from "../../../research/phases.ts";
import { startDelayedEngine } from "./delayed-engine.ts";
import { type DelayedBlock, observeDelays } from "./observe-delays.ts";
import { type Arm, PLACE_NAMES, PLACES } from "./places.ts";
import { leavesOut, type Recovery, recoveries, type Shift, smallestFound } from "./recovery.ts";
import { recordSleeps } from "./slept.ts";

const DELAYS_MS = [30, 2] as const;
const POWER_AT = 50;
const ARMS: readonly Arm[] = [
  { place: null, delay_ms: 0 },
  { place: null, delay_ms: 0 },
  ...DELAYS_MS.flatMap((delay_ms) => PLACE_NAMES.map((place) => ({ place, delay_ms }))),
];

const { blocks: wanted, seed } = await yargs(hideBin(process.argv))
  .option("blocks", { type: "number", default: 50 })
  .option("seed", { type: "number", default: 1 })
  .strict()
  .parseAsync();
const say = (line: string): void => console.error(line);

const number = (value: number, digits = 2): string => value.toFixed(digits).replace(/^-(0\.0+)$/, "$1");
const ends = ({ interval }: Shift): string => (interval === null ? "none" : `${number(interval[0])} to ${number(interval[1])}`);
const table = (header: string[], rows: string[][]): string =>
  markdownTable([header, ...rows], { align: header.map((_, column) => (column < 2 ? "l" : "r")) });

function print(blocks: readonly DelayedBlock[], load: readonly number[]): void {
  const found = recoveries(ARMS, blocks);
  console.log(
    `${blocks.length} blocks of ${ARMS.length} starts, seed ${seed}; load average ${load.map((of) => number(of)).join(", ")} at the end`,
  );
  console.log("\nms; Hodges-Lehmann estimates within blocks, 95 % intervals\n");
  console.log(
    table(
      ["delay in", "phase that must take it", "injected", "recovered", "interval", "its tier", "total"],
      found.map(recoveredRow),
    ),
  );
  printElsewhere(found);
  console.log(`\nSmallest delay found in four of five experiments of n = ${POWER_AT}, ms:\n`);
  console.log(
    table(
      ["delay in", "phase", "smallest found", "2 ms found here"],
      found.flatMap((of) => {
        const target = targetOf(of);
        if (target === undefined || of.arm.delay_ms !== 2) return [];
        const smallest = smallestFound(target.shift, blocks.length, POWER_AT);
        return [
          [target.place, target.phase, smallest === null ? "none" : number(smallest), leavesOut(target.shift, 0) ? "yes" : "no"],
        ];
      }),
    ),
  );
}

function targetOf({ arm, phases }: Recovery) {
  if (arm.place === null) return undefined;
  const { phase } = PLACES[arm.place];
  const shift = phases[phase];
  if (shift === undefined) throw new Error(`no start shows the phase ${phase}`);
  return { place: arm.place, phase, tier: PHASES[phase].tier, shift };
}

function recoveredRow(of: Recovery): string[] {
  const target = targetOf(of);
  if (target === undefined)
    return ["nowhere", "none", number(of.injected.ms), "", "", "", `${number(of.total.ms)} (${ends(of.total)})`];
  const { place, phase, tier, shift } = target;
  return [
    `${place}, ${of.arm.delay_ms} ms`,
    phase,
    number(of.injected.ms),
    number(shift.ms),
    ends(shift),
    `${tier} ${number(of.tiers[tier].ms)}`,
    number(of.total.ms),
  ];
}

function printElsewhere(found: readonly Recovery[]): void {
  const all = found.flatMap(({ arm, elsewhere }) => elsewhere.map((shift) => ({ arm, ...shift })));
  const out = all.filter((shift) => leavesOut(shift, 0));
  console.log(
    `\nPhases that must take nothing: ${all.length} intervals, of which ${out.length} leave out 0 (by chance: ${number(0.05 * all.length, 1)}); after Holm's adjustment, p < 0.05:\n`,
  );
  const sure = all.filter(({ adjustedP }) => adjustedP < 0.05);
  for (const shift of sure)
    console.log(
      `- ${shift.arm.place ?? "nowhere"}, ${shift.arm.delay_ms} ms: ${shift.phase} ${number(shift.ms, 3)} ms (${ends(shift)}), p ${shift.adjustedP.toPrecision(2)}`,
    );
  if (sure.length === 0) console.log("- none");
  const widest = all.reduce((worst, shift) => (Math.abs(shift.ms) > Math.abs(worst.ms) ? shift : worst));
  console.log(
    `\nThe largest of them: ${number(widest.ms)} ms (${ends(widest)}), ${widest.phase} with the delay in ${widest.arm.place ?? "no place"}`,
  );
}

await interruptible(async (signal) => {
  await using delayed = await startDelayedEngine(say);
  await using probe = openTracefs();
  recordSleeps();
  const { reference: image } = await provideImage(delayed.engine.docker, { kind: "local", name: "small" }, say, signal);
  const plan = { arms: ARMS, blocks: wanted, seed, image };
  const blocks = await observeDelays(delayed, probe, plan, signal, (done) => {
    if (done % 10 === 0) say(`block ${done} of ${wanted}`);
  });
  print(blocks, loadavg());
});
