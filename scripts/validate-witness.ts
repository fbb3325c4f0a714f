/**
 * Does somebody else see the same? `npm run validate:witness [-- --starts N]`: the same starts watched by our probe and by
 * bpftrace; prints in Markdown how far the two are apart, milestone by milestone.
 */
import { loadavg } from "node:os";
import { markdownTable } from "markdown-table";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { median } from "../analysis/statistics/median.ts";
import { sortedSamples } from "../analysis/statistics/sorted-samples.ts";
import { machineClock } from "../benchmarks/edges/clock.ts";
import { findEngine } from "../benchmarks/edges/find-engine.ts";
import { provideImage } from "../benchmarks/edges/images.ts";
import { interruptible } from "../benchmarks/edges/interruptible.ts";
import { openTracefs } from "../benchmarks/edges/tracefs.ts";
import { type ObservedStart, observeStart } from "../benchmarks/experiments/startup.ts";
import { kernelSightings } from "../benchmarks/kernel-milestones.ts";
import { parseTraceLine } from "../benchmarks/trace-line.ts";
import { MILESTONE_NAMES, type Milestone } from "../research/milestones.ts";
import { STARTUP } from "../research/protocol.ts";
import { callWitness } from "./validation/witness/bpftrace.ts";
import { type Sighted, sightedMilestones } from "./validation/witness/sighted-milestones.ts";

const { starts: wanted, engine: url } = await yargs(hideBin(process.argv))
  .option("starts", { type: "number", default: 100 })
  .option("engine", { type: "string" })
  .strict()
  .parseAsync();
const say = (line: string): void => console.error(line);

const MICROSECONDS = 1e3;

interface Watched {
  readonly ours: Readonly<Partial<Record<Milestone, bigint>>>;
  readonly theirs: Sighted;
}

async function watch(signal: AbortSignal): Promise<Watched[]> {
  await using found = await findEngine(url, true, say);
  await found.engine.open();
  const { reference } = await provideImage(found.engine.docker, { kind: "local", name: "small" }, say, signal);
  const request = { image: reference, command: STARTUP.command, timeout: STARTUP.timeout, untilFirstByte: false };
  await using probe = openTracefs();
  await using witness = await callWitness();
  const observed: ObservedStart[] = [];
  while (observed.length < wanted)
    observed.push(await observeStart({ engine: found.engine, probe, clock: machineClock }, request, signal));
  const sights = await witness.testimony();
  return observed.map(({ outcome, problem, containerId, client, trace, teardownEnd }) => {
    const from = client.start_sent;
    if (outcome !== "ok" || containerId === undefined || from === undefined) throw new Error(`a start went wrong: ${problem}`);
    const events = trace.flatMap((line) => parseTraceLine(line) ?? []);
    const meanwhile = sights.filter(({ at }) => at > from && at < teardownEnd);
    return { ours: kernelSightings(events, containerId, from).milestones, theirs: sightedMilestones(meanwhile, containerId) };
  });
}

/** Ours less theirs, in µs. */
const apart = (watched: readonly Watched[], name: Milestone, of: keyof Sighted): number[] =>
  watched.flatMap(({ ours, theirs }) => {
    const [a, b] = [ours[name], theirs[of][name]];
    return a === undefined || b === undefined ? [] : [Number(a - b) / MICROSECONDS];
  });

const worst = (differences: readonly number[]): number => Math.max(...differences.map(Math.abs));
const cells = (differences: readonly number[]): string[] =>
  differences.length === 0 ? ["", ""] : [median(sortedSamples(differences)).toFixed(1), worst(differences).toFixed(1)];

function print(watched: readonly Watched[]): void {
  const names = MILESTONE_NAMES.filter((name) => watched.some(({ ours, theirs }) => name in ours || name in theirs.milestones));
  const rows = names.map((name) => {
    const same = apart(watched, name, "milestones");
    const alone = watched.filter(({ ours, theirs }) => name in ours !== name in theirs.milestones).length;
    return [name, String(same.length), String(alone), ...cells(same), ...cells(apart(watched, name, "returned"))];
  });
  const header = [
    "milestone",
    "seen by both",
    "by one alone",
    "median",
    "worst",
    "median, execve returned",
    "worst, execve returned",
  ];
  console.log(
    `${watched.length} starts, ours less bpftrace's in µs; load average ${loadavg()
      .map((of) => of.toFixed(2))
      .join(", ")} at the end\n`,
  );
  console.log(markdownTable([header, ...rows], { align: header.map((_, column) => (column === 0 ? "l" : "r")) }));
}

await interruptible(async (signal) => print(await watch(signal)));
