/** Measures a session that is prepared: its experiments one after the other, into its platform's folder. */
import { basename, dirname, resolve } from "node:path";
import type { Session } from "../../../research/manifest.ts";
import type { ExperimentName } from "../../../research/protocol.ts";
import { appendCommand } from "../../../research/text/append-command.ts";
import { duration } from "../../../research/text/duration.ts";
import type { Warning } from "../../../research/warning.ts";
import type { Experiment, Laboratory, Recorded } from "../../design/experiment.ts";
import type { ImageRole, OpenRecorder } from "../../design/ports.ts";
import type { Report } from "../../design/run-experiment.ts";
import { runInTurn, type Turn } from "../../design/run-in-turn.ts";
import type { Portion } from "../../design/session-plan.ts";
import { Unmeasurable } from "../../design/unmeasurable.ts";
import { openCsvRecorder } from "../../edges/files/csv-recorder.ts";
import { traceKeeper } from "../../edges/files/kept-traces.ts";
import type { PlatformFolder } from "../../edges/files/platform-folder.ts";
import type { RoleImages } from "../../edges/images/role-images.ts";
import type { Progress } from "../../edges/terminal/progress.ts";
import { equip } from "../laboratory.ts";
import { endSession } from "./begin-session.ts";
import { pathKeeper } from "./keep-paths.ts";
import type { PreparedSession } from "./prepare-session.ts";
import { OutcomeTally } from "./run-warnings.ts";

export interface SessionTask {
  readonly prepared: PreparedSession;
  readonly platform: PlatformFolder;
  readonly portion: Portion;
  readonly registry: string | undefined;
  readonly keepTraces: boolean;
  /** Before the experiment's name in what is shown while it runs: which session it is, or nothing. */
  readonly place: string;
  /** Whether the run has several experiments, so that each line says of which it speaks. */
  readonly several: boolean;
  readonly progress: Progress;
  readonly say: (line: string) => void;
  /** Called with problems that show up during the run. */
  readonly warn: (warning: Warning) => void;
}

/**
 * @returns experiments that could not be measured; others were
 * @throws the reason for an early end: an interrupt, an engine or a disk that is gone; Unmeasurable when none could be measured.
 *   Its rows stay, and its entry in platform.json says how it ended.
 */
export async function measureSession(task: SessionTask, signal: AbortSignal): Promise<readonly ExperimentName[]> {
  const { prepared, platform, portion, registry, place, several, say } = task;
  const keepTrace = task.keepTraces ? traceKeeper(platform.folder) : undefined;
  const { engine, probe, imageFiles, roles, experiments, session, recordedIn } = prepared;
  checkRows(platform);
  platform.save(session);
  const seconds = new Map<ExperimentName, number>();
  const tallies: OutcomeTally[] = [];
  const later: Warning[] = [];
  const close = (ending: NonNullable<Session["ending"]>): void => {
    const warnings = [...later, ...engine.warnings(), ...imageFiles.warnings(), ...tallies.flatMap((tally) => tally.warnings())];
    platform.save(endSession(session, ending, warnings, seconds, engine.local));
  };
  const recorded: Recorded = (table) =>
    recordedIn.length === 0 ? [] : platform.rowsOf(table).rows.filter((row) => recordedIn.includes(row.session));
  const openRecorder: OpenRecorder = (table) => {
    const { file, lastTrial } = platform.rowsOf(table);
    const recorder = openCsvRecorder(table, file, session.session, lastTrial);
    platform.recorded.set(file, recorder);
    return recorder;
  };
  const out = dirname(platform.folder);
  const warnOfLack = (name: ExperimentName, summary: string, evidence: string): void => {
    const warning = (out?: string): Warning => ({
      summary,
      evidence,
      remedy: `fix that, then add a session: \`${appendCommand(name, [basename(platform.folder)], out)}\``,
    });
    later.push(warning()); // no path of this machine: a platform is read on others
    task.warn(warning(out === resolve("results") ? undefined : out));
  };
  const turnOf = (experiment: Experiment, index: number): Turn => ({
    name: experiment.name,
    run: async () => {
      const { name } = experiment;
      const begun = performance.now();
      const paths = pathKeeper();
      const laboratory = equip(
        engine,
        probe,
        referencesOf(experiment, roles),
        imageFiles,
        { registry, keepTrace, keepPath: paths.keep },
        say,
      );
      const of = several ? `${name}: ` : "";
      const tally = new OutcomeTally(of);
      tallies.push(tally);
      const stretch = { place, experiment: name, index: index + 1, experiments: experiments.length, ...experiment.size(portion) };
      const show = task.progress.begin(stretch);
      const onTrial = (report: Report): void => {
        show(report);
        const line = tally.note(report);
        if (line !== undefined) say(line);
      };
      const onLack = (condition: string, problem: string): void =>
        warnOfLack(name, `${of}${condition} is not supported here and was skipped`, problem);
      try {
        await experiment.run({ laboratory, openRecorder, recorded, portion, seed: session.seed, onTrial, onLack }, signal);
        paths.record(platform.rowsOf, openRecorder);
      } finally {
        task.progress.end();
      }
      const took = (performance.now() - begun) / 1_000;
      seconds.set(name, took);
      if (several) say(`${place}${name}: took ${duration(took)}`);
    },
  });
  try {
    await runInTurn(experiments.map(turnOf), (name, problem) => warnOfLack(name, `${name} could not be completed`, problem));
    checkRows(platform);
  } catch (error) {
    try {
      close(signal.aborted ? "interrupted" : "failed");
    } catch (second) {
      say((second as Error).message); // the first error is the cause, and the one to report
    }
    throw error;
  }
  close("complete");
  return experiments.flatMap(({ name }) => (seconds.has(name) ? [] : name));
}

/** @throws Error that says where they are, when rows of this run are not in their files */
function checkRows({ recorded }: PlatformFolder): void {
  for (const { check } of recorded.values()) check();
}

/** @throws Unmeasurable when an image that the experiment needs is not available */
function referencesOf({ roles }: Experiment, provided: RoleImages): Laboratory["images"] {
  const entries = roles.map((role): [ImageRole, string] => {
    const image = provided[role];
    if (image === undefined || "problem" in image) throw new Unmeasurable(image?.problem ?? `no image for ${role}`);
    return [role, image.reference];
  });
  return Object.fromEntries(entries) as unknown as Laboratory["images"];
}
