/**
 * Does somebody else see the same? `npm run validate:witness [-- --starts N --witness strace]`: the same starts watched by
 * our probe and by bpftrace or strace; prints in Markdown how far the two are apart, milestone by milestone. strace slows
 * down every start of the engine while it watches.
 */
import { loadavg } from "node:os";
import { markdownTable } from "markdown-table";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { median } from "../../../analysis/statistics/one-sample/median.ts";
import { sortedSamples } from "../../../analysis/statistics/sorted-samples.ts";
import { findEngine } from "../../../benchmarks/edges/engine/find-engine.ts";
import { machineClock } from "../../../benchmarks/edges/host/clock.ts";
import { provideImage } from "../../../benchmarks/edges/images/images.ts";
import { openTracefs } from "../../../benchmarks/edges/probe/tracefs.ts";
import { interruptible } from "../../../benchmarks/edges/terminal/interruptible.ts";
import { type ObservedStart, observeStart } from "../../../benchmarks/start/observe-start.ts";
import { kernelSightings } from "../../../benchmarks/timeline/kernel-milestones.ts";
import { parseTraceLine } from "../../../benchmarks/timeline/trace-line.ts";
import { MILESTONE_NAMES, type Milestone } from "../../../research/milestones.ts";
import { STARTUP } from "../../../research/protocol.ts";
import { callWitness, WITNESSES } from "./call-witness.ts";
import { type Sighted, sightedMilestones } from "./sighted-milestones.ts";
import { whoStartsShims } from "./who-starts-shims.ts";

const {
  starts: wanted,
  engine: url,
  witness: asked,
} = await yargs(hideBin(process.argv))
  .option("starts", { type: "number", default: 100 })
  .option("engine", { type: "string" })
  .option("witness", { choices: WITNESSES, describe: "default: the first that runs" })
  .strict()
  .parseAsync();
const say = (line: string): void => console.error(line);

const MICROSECONDS = 1e3;

interface Observation {
  readonly watched: readonly Watched[];
  readonly witness: string;
  /** Of the witness's clock against ours, in ns. */
  readonly clockError: number;
}

interface Watched {
  readonly ours: Readonly<Partial<Record<Milestone, bigint>>>;
  readonly theirs: Sighted;
}

async function watch(signal: AbortSignal): Promise<Observation> {
  await using found = await findEngine(url, true, say);
  await found.engine.open();
  const { reference } = await provideImage(found.engine.docker, { kind: "local", name: "small" }, say, signal);
  const request = { image: reference, command: STARTUP.command, timeout: STARTUP.timeout, untilFirstByte: false };
  await using probe = openTracefs();
  const start = (): Promise<ObservedStart> => observeStart({ engine: found.engine, probe, clock: machineClock }, request, signal);
  const first = await start();
  await using witness = await callWitness(asked, () => whoStartsShims(first), say);
  const observed: ObservedStart[] = [];
  while (observed.length < wanted) observed.push(await start());
  const { sights, clockError } = await witness.testimony();
  const watched = observed.map(({ outcome, problem, containerId, client, trace, teardownEnd }) => {
    const from = client.start_sent;
    if (outcome !== "ok" || containerId === undefined || from === undefined) throw new Error(`a start failed: ${problem}`);
    const events = trace.flatMap((line) => parseTraceLine(line) ?? []);
    const meanwhile = sights.filter(({ at }) => at > from && at < teardownEnd);
    return { ours: kernelSightings(events, containerId, from).milestones, theirs: sightedMilestones(meanwhile, containerId) };
  });
  return { watched, witness: witness.name, clockError };
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

function print({ watched, witness, clockError }: Observation): void {
  const names = MILESTONE_NAMES.filter((name) => watched.some(({ ours, theirs }) => name in ours || name in theirs.milestones));
  const tellsReturns = watched.some(({ theirs }) => Object.keys(theirs.returned).length > 0);
  const rows = names.map((name) => {
    const same = apart(watched, name, "milestones");
    const alone = watched.filter(({ ours, theirs }) => name in ours !== name in theirs.milestones).length;
    const returned = tellsReturns ? cells(apart(watched, name, "returned")) : [];
    return [name, String(same.length), String(alone), ...cells(same), ...returned];
  });
  const header = [
    ...["milestone", "seen by both", "by one alone", "median", "worst"],
    ...(tellsReturns ? ["median, execve returned", "worst, execve returned"] : []),
  ];
  console.log(
    `${watched.length} starts, ours less ${witness}'s in µs, its clock within ${(clockError / MICROSECONDS).toFixed(1)} of ours; load average ${loadavg()
      .map((of) => of.toFixed(2))
      .join(", ")} at the end\n`,
  );
  console.log(markdownTable([header, ...rows], { align: header.map((_, column) => (column === 0 ? "l" : "r")) }));
}

await interruptible(async (signal) => print(await watch(signal)));
