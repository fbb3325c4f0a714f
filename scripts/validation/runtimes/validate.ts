/**
 * Do other engines and runtimes show the milestones that method/engines.md says? `npm run validate:runtimes [-- --starts N]`: starts
 * containers on a private Docker 28 of Debian forky (built once, in /var/lib/tierbench/forky) with runc, crun and gVisor, and
 * prints in Markdown which milestones were seen. Exit code 1 when they are not those of the captured starts, or when the
 * phases do not partition a start. Root on Debian.
 */
import { loadavg } from "node:os";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import type { KernelProbe } from "../../../benchmarks/design/ports.ts";
import { findEngine } from "../../../benchmarks/edges/engine/find-engine.ts";
import { machineClock } from "../../../benchmarks/edges/host/clock.ts";
import { provideImage } from "../../../benchmarks/edges/images/images.ts";
import { openTracefs } from "../../../benchmarks/edges/probe/tracefs.ts";
import { interruptible } from "../../../benchmarks/edges/terminal/interruptible.ts";
import { observeStart } from "../../../benchmarks/start/observe-start.ts";
import { timeline } from "../../../benchmarks/timeline/timeline.ts";
import type { Milestones } from "../../../research/phases.ts";
import { STARTUP } from "../../../research/protocol.ts";
import { claimEngine } from "../private-engine.ts";
import { provideForky, RUNTIME_NAMES, startWith, versionsOf } from "./forky.ts";
import { capturedStarts, differences, flawOfPhases, milestoneTable } from "./milestone-table.ts";

const NETWORKS = ["bridge", "none"] as const;
type Network = (typeof NETWORKS)[number];
/** The captures that live starts must be like. From this line on the network makes no difference to the milestones. */
const CAPTURED = "28.5";

const { starts: wanted } = await yargs(hideBin(process.argv))
  .option("starts", { type: "number", default: 20 })
  .strict()
  .parseAsync();
const say = (line: string): void => console.error(line);

async function watch(url: string, network: Network, probe: KernelProbe, signal: AbortSignal): Promise<Milestones[]> {
  await using found = await findEngine(url, false, say);
  await found.engine.open();
  const { reference: image } = await provideImage(found.engine.docker, { kind: "local", name: "small" }, say, signal);
  const { command, timeout } = STARTUP;
  const request = { image, command, timeout, untilFirstByte: false, settings: network === "none" ? { network } : {} };
  const seen: Milestones[] = [];
  while (seen.length < wanted) {
    const start = await observeStart({ engine: found.engine, probe, clock: machineClock }, request, signal);
    if (start.outcome !== "ok") throw new Error(`a start failed: ${start.problem}: ${start.errors}`);
    seen.push(timeline({ ...start, wall: undefined }, probe.resolution).milestones);
  }
  return seen;
}

/** What is not recomputed, a line each. */
function* complaints(live: ReadonlyMap<string, readonly Milestones[]>): Generator<string> {
  const captured = capturedStarts();
  for (const [kind, starts] of live) {
    const [runtime] = kind.split(" ");
    const models = [...captured].filter(([of]) => of.startsWith(`${CAPTURED} ${runtime} `)).flatMap(([, of]) => of);
    if (models.length === 0) yield `${kind}: no start was captured with this runtime`;
    for (const [index, start] of starts.entries()) {
      const flaw = flawOfPhases(start);
      if (flaw !== undefined) yield `${kind}, start ${index + 1}: ${flaw}`;
      const other = new Set(models.flatMap((model) => differences(start, model)));
      if (other.size > 0) yield `${kind}, start ${index + 1}: not as captured: ${[...other].join(", ")}`;
    }
  }
}

await interruptible(async (signal) => {
  const live = new Map<string, Milestones[]>();
  await using own = await claimEngine("forky");
  const system = await provideForky(own, say, signal);
  await using probe = openTracefs();
  for (const runtime of RUNTIME_NAMES) {
    say(`starting Docker with ${runtime}`);
    const url = await startWith(runtime, own, system);
    for (const network of NETWORKS) live.set(`${runtime} ${network}`, await watch(url, network, probe, signal));
  }
  const load = loadavg().map((of) => of.toFixed(2));
  console.log(`${wanted} starts of each; ${await versionsOf(system)}; load average ${load.join(", ")} at the end\n`);
  console.log(`${milestoneTable(live)}\n`);
  const wrong = [...complaints(live)];
  console.log(wrong.length === 0 ? "All as captured; the phases partition every start." : wrong.join("\n"));
  if (wrong.length > 0) process.exitCode = 1;
});
