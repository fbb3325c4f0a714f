/** One run: its sessions one after the other, those of several platforms in turns. */
import type { PlannedRun } from "../../../research/manifest.ts";
import type { ExperimentName } from "../../../research/protocol.ts";
import { TABLES } from "../../../research/tables/catalogue.ts";
import { planSessions } from "../../design/session-plan.ts";
import { findEngine } from "../../edges/engine/find-engine.ts";
import { openPlatformFolder, type PlatformFolder } from "../../edges/files/platform-folder.ts";
import { toolVersion } from "../../edges/files/tool.ts";
import { holdHost } from "../../edges/host/host-lock.ts";
import type { Estimators } from "./estimators.ts";
import { Opened } from "./opened.ts";
import { planRuns } from "./plan-runs.ts";
import { PlatformRun } from "./platform-run.ts";
import type { RunOptions } from "./run-options.ts";
import { parseRun } from "./run-request.ts";

export async function measurePlatforms(
  options: RunOptions,
  estimators: Estimators,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const request = parseRun(options);
  await using opened = new Opened();
  const folders = request.platforms.map(({ label }) =>
    opened.add(openPlatformFolder(options.out, label, options.append, toolVersion)),
  );
  opened.add(holdHost([...request.names, ...request.platforms.map(({ label }) => `--platform ${label}`)].join(" ")));
  for (const folder of folders) readTables(folder, request.names);
  const turns = planSessions(folders.length, request.sessions, request.seed);
  const plans = planRuns(
    request,
    folders.map((folder) => folder.sessions()),
    turns,
  );
  const platforms: PlatformRun[] = [];
  for (const [index, { label, engine }] of request.platforms.entries()) {
    const found = opened.add(await findEngine(engine, true, say, signal));
    const partners = request.platforms.flatMap((other) => (other.label === label ? [] : other.label));
    const [folder, plan] = [folders[index] as PlatformFolder, plans[index] as PlannedRun];
    platforms.push(new PlatformRun({ label, partners, folder, found, plan, request, estimators, say }));
  }
  // What one of them lacks is to be known before another is measured.
  if (platforms.length > 1) for (const platform of platforms) await platform.rehearse(signal);
  try {
    for (const { platform, turn } of turns) {
      if (turn === 0 && platforms.every((each) => each.isPrecise(platforms))) break;
      await (platforms[platform] as PlatformRun).measureNext(platforms, signal);
    }
  } catch (error) {
    for (const platform of platforms) platform.sayEnd(signal.aborted ? "interrupted" : "failed");
    throw error;
  }
  for (const platform of platforms) platform.sayEnd("complete");
}

/** A broken file is to be known before anything is measured. */
function readTables(folder: PlatformFolder, names: readonly ExperimentName[]): void {
  for (const table of TABLES) if (names.some((name) => name === table.name)) folder.rowsOf(table);
}
