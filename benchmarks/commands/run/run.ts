/** One run: its sessions one after the other, those of several platforms in turns. */

import type { PlannedRun } from "../../../research/manifest.ts";
import { MisuseError } from "../../../research/misuse.ts";
import type { ExperimentName } from "../../../research/protocol.ts";
import { TABLES } from "../../../research/tables/catalogue.ts";
import { whyTable } from "../../../research/tables/why.ts";
import { whyPathTable } from "../../../research/tables/why-path.ts";
import { saltOf } from "../../../research/text/hidden-values.ts";
import { planSessions } from "../../design/session-plan.ts";
import { findEngine } from "../../edges/engine/find-engine.ts";
import { openPlatformFolder, type PlatformFolder } from "../../edges/files/platform-folder.ts";
import { toolVersion } from "../../edges/files/tool-version.ts";
import { holdHost } from "../../edges/host/host-lock.ts";
import { openProgress } from "../../edges/terminal/progress.ts";
import { clearEngine, clearHost } from "../clear-leftovers.ts";
import type { Estimators } from "./estimators.ts";
import { Opened } from "./opened.ts";
import { planRuns } from "./plan-runs.ts";
import { namedOrNew } from "./platform-label.ts";
import { PlatformRun } from "./platform-run.ts";
import { appendedOptions, resumedOptions } from "./resume/asked-for.ts";
import { type InterruptedRun, interruptedRun, stepsOf } from "./resume/interrupted-run.ts";
import { tornPaths } from "./resume/torn-paths.ts";
import { type PlatformChoice, parsePlatforms, type RunOptions } from "./run-options.ts";
import { parseRun, type RunRequest } from "./run-request.ts";

/** @returns the folders of the platforms that were measured */
export async function measurePlatforms(
  given: RunOptions,
  estimators: Estimators,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const options = { ...given, platform: namedOrNew(given, new Date()) };
  if (options.resume && options.append)
    throw new MisuseError("--resume goes on with a session and --append adds another: leave one of them out");
  const fresh = options.resume || options.append ? undefined : parseRun(options);
  await using opened = new Opened();
  const named = parsePlatforms(options.platform, options.engine).map((choice) => ({
    choice,
    folder: opened.add(openPlatformFolder(options.out, choice.label, options.append || options.resume, toolVersion)),
  }));
  const interrupted = options.resume ? whatIsLeft(named) : undefined;
  const salt = saltOf(JSON.stringify(named.map(({ folder }) => [folder.runs(), folder.sessions()])));
  const request = fresh ?? parseRun(continued(options, named, interrupted, say), salt);
  const labels = interrupted?.platforms.map(({ label }) => label) ?? named.map(({ choice }) => choice.label);
  const members = labels.flatMap((label) => named.find(({ choice }) => choice.label === label) ?? []);
  opened.add(holdHost([...request.names, ...labels.map((label) => `--platform ${label}`)].join(" ")));
  if (options.resume) await clearHost(signal, say, say);
  for (const { folder } of members) folder.refuseUnsound(options.resume);
  const missing = members.find(({ folder }) => options.append && folder.sessions().length === 0);
  if (missing !== undefined)
    throw new MisuseError(
      `--append adds to a platform that is there, and ${options.out} has no ${missing.choice.label}: name its folder with --out, or leave --append out`,
    );
  for (const { folder } of members) folder.checkWritable();
  for (const { folder } of members) readTables(folder, request.names, options.resume ? say : undefined);
  const plans = plansOf(request, members, interrupted);
  const progress = openProgress();
  const platforms: PlatformRun[] = [];
  for (const [index, { choice, folder }] of members.entries()) {
    const { label, engine } = choice;
    const found = opened.add(await findEngine(engine, true, say, signal));
    if (options.resume) await clearEngine(found.engine.docker, signal, say, say);
    const partners = labels.filter((other) => other !== label);
    const plan = plans[index] as PlannedRun;
    platforms.push(
      new PlatformRun({
        ...{ label, partners, folder, found, plan, request, estimators, progress, say },
        resumed: interrupted !== undefined,
      }),
    );
  }
  const steps = stepsOf(plans);
  const isLeft = ({ platform, planned }: (typeof steps)[number]): boolean => platforms[platform]?.isDone(planned) === false;
  if (!steps.some(isLeft)) {
    for (const { folder } of members) say(`complete already: ${folder.folder}`);
    return [];
  }
  // Problems of one platform must show before another is measured.
  if (platforms.length > 1) for (const platform of platforms) await platform.rehearse(signal);
  try {
    for (const [index, step] of steps.entries()) {
      const beginsRound = steps[index - 1]?.round !== step.round;
      if (beginsRound && platforms.every((each) => each.isPrecise(platforms))) break;
      if (isLeft(step)) await (platforms[step.platform] as PlatformRun).measure(step.planned, platforms, signal);
    }
  } catch (error) {
    for (const platform of platforms) platform.sayEnd(signal.aborted ? "interrupted" : "failed");
    throw error;
  }
  for (const platform of platforms) platform.sayEnd("complete");
  return members.flatMap(({ folder }) => (folder.sessions().length > 0 ? folder.folder : []));
}

/** @throws MisuseError where what was given is not what the earlier run had, or its values are not recorded */
function continued(
  options: RunOptions,
  members: readonly Member[],
  interrupted: InterruptedRun | undefined,
  say: (line: string) => void,
): RunOptions {
  if (interrupted !== undefined) return resumedOptions(options, interrupted.asked);
  if (!options.append) return options;
  const added = appendedOptions(options, members[0]?.folder.runs() ?? []);
  if (added.taken !== "") say(`as it was measured before: ${added.taken}`);
  return added.options;
}

interface Member {
  readonly choice: PlatformChoice;
  readonly folder: PlatformFolder;
}

const whatIsLeft = (members: readonly Member[]): InterruptedRun | undefined =>
  interruptedRun(members.map(({ choice: { label }, folder }) => ({ label, runs: folder.runs(), sessions: folder.sessions() })));

/** As they were drawn; what is not written yet is drawn again, from the same seed. */
function plansOf(request: RunRequest, members: readonly Member[], interrupted: InterruptedRun | undefined): PlannedRun[] {
  const written = members.map(({ choice }) => interrupted?.platforms.find(({ label }) => label === choice.label)?.plan);
  const earlier = members.map(({ folder }, index) =>
    folder.sessions().filter(({ session }) => written[index]?.sessions.every((planned) => planned.session !== session) ?? true),
  );
  const drawn = planRuns(request, earlier, planSessions(members.length, request.sessions, request.seed));
  return drawn.map((plan, index) => written[index] ?? plan);
}

/**
 * A broken file is to be known before anything is measured.
 * @param say of a run that is resumed, which moves a torn row out of the way, and says so
 */
function readTables(folder: PlatformFolder, names: readonly ExperimentName[], say: ((line: string) => void) | undefined): void {
  const setAside = (torn: Parameters<typeof folder.setTornRowAside>[0]): void => {
    const moved = say === undefined ? undefined : folder.setTornRowAside(torn);
    if (moved !== undefined) say?.(moved);
  };
  for (const table of TABLES.filter((each) => names.some((name) => name === each.name))) {
    setAside(table);
    folder.rowsOf<{ trial: number }>(table);
  }
  if (!names.includes("why")) return;
  setAside(tornPaths(folder.rowsOf(whyTable).rows));
  folder.rowsOf<{ trial: number }>(whyPathTable);
}
