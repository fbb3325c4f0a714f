/** `doctor`: what this machine can measure, and what would disturb a measurement. */
import { stdout } from "node:process";
import { MisuseError } from "../../research/misuse.ts";
import type { Warning } from "../../research/warning.ts";
import type { DockerEngine } from "../edges/engine/docker.ts";
import { findEngine, NoEngine } from "../edges/engine/find-engine.ts";
import { checkLockFolder } from "../edges/host/host-lock.ts";
import { chooseProbe } from "../edges/probe/choose-probe.ts";
import { terminal } from "../edges/terminal/terminal.ts";
import { type Facts, renderDiagnosis, renderWarning } from "./diagnose.ts";
import { diagnosisScreen } from "./diagnosis-screen.ts";
import { describe, say } from "./engine-options.ts";
import { factsWithoutEngine, gatherFacts } from "./gather-facts.ts";

interface DoctorOptions {
  readonly engine: string | undefined;
  readonly sidecar: boolean;
  /** Every line, instead of one screen. */
  readonly full: boolean;
}

export async function doctor(options: DoctorOptions, signal: AbortSignal): Promise<void> {
  checkLockFolder();
  const found = await findEngine(options.engine, false, say, signal).catch((error: Error) => error);
  if (found instanceof Error) {
    signal.throwIfAborted();
    if (found instanceof MisuseError) throw found;
    show(await factsWithoutEngine(found), [], options.full);
    if (!(found instanceof NoEngine && found.startable)) process.exitCode = 1;
    return;
  }
  await using _found = found;
  await found.engine.open();
  const chosen = await chooseProbe({ wanted: "auto", mayStartSidecar: options.sidecar }, found.engine, say, signal);
  await using _probe = chosen.probe;
  const facts = await gatherFacts({ ...found, chosen }, await anImage(found.engine));
  show(facts, found.engine.warnings(), options.full);
}

function show(facts: Facts, warnings: readonly Warning[], full: boolean): void {
  if (!full) {
    stdout.write(diagnosisScreen(facts, warnings, terminal()));
    return;
  }
  for (const line of renderDiagnosis(facts)) describe(line);
  for (const warning of warnings) describe(`  ${renderWarning(warning)}`);
}

/** One of ours, or the smallest: it is made into a container that is not started, and its files are looked up. */
async function anImage(engine: DockerEngine): Promise<string | undefined> {
  const images = await engine.ifAllowed(engine.docker.listImages(), "no image's files can be looked up");
  const named = (images ?? []).flatMap(({ RepoTags, Size }) => {
    const name = RepoTags?.find((tag) => tag !== "<none>:<none>");
    return name === undefined ? [] : [{ name, size: Size, ours: name.startsWith("tierbench/") ? 0 : 1 }];
  });
  return named.sort((a, b) => a.ours - b.ours || a.size - b.size)[0]?.name;
}
