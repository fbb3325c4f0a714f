/** What platform.json says was to be measured, against the trials that are there. */

import type { Manifest, Session } from "../../research/manifest.ts";
import { count } from "../../research/text/count.ts";
import { OF_COLD_STARTS } from "../../research/warning.ts";
import type { CheckedRows } from "./check-rows.ts";
import { familiesOf } from "./families.ts";
import { caution, defect, type Problem } from "./problem.ts";

const MANIFEST = "platform.json";

/** @param tables what was read of each table, by experiment; one that cannot be read is not among them */
export function checkPlan(manifest: Manifest, tables: ReadonlyMap<string, CheckedRows>, unread: ReadonlySet<string>): Problem[] {
  const { sessions, runs = [] } = manifest;
  const families = familiesOf(manifest);
  const trialsOf = (session: number, table: string, condition: string): number =>
    tables.get(table)?.trials.get(session)?.get(condition) ?? 0;
  // With --precision a condition stops when it is known well enough.
  const open = new Set(runs.flatMap((run) => (run.precision === undefined ? [] : run.sessions.map(({ session }) => session))));
  return sessions.flatMap((session) => [
    ...unsound(session),
    ...unplanned(session, tables),
    ...plannedOf(session).flatMap(({ name, conditions }) => {
      if (unread.has(name)) return [];
      const found = tables.get(name)?.trials.get(session.session) ?? new Map<string, number>();
      return [
        ...conditions.flatMap(({ condition, trials }) => {
          // What one left, the others of its family measured.
          const before = (families.get(session.session) ?? []).filter((other) => other !== session.session);
          const count = (found.get(condition) ?? 0) + before.reduce((sum, other) => sum + trialsOf(other, name, condition), 0);
          return count === trials || (count < trials && open.has(session.session))
            ? []
            : [missing(session, name, condition, count, trials)];
        }),
        ...[...found.keys()]
          .filter((condition) => !conditions.some((planned) => planned.condition === condition))
          .map((condition) => {
            const what = `session ${session.session} was not to measure ${condition}`;
            const expected = conditions.map((planned) => planned.condition).join(", ");
            return defect("plan", { file: `${name}.csv`, value: condition, what, expected });
          }),
      ];
    }),
  ]);
}

/** Tables with rows of a session that was not to measure their experiment at all. */
function unplanned(session: Session, tables: ReadonlyMap<string, CheckedRows>): Problem[] {
  const names = plannedOf(session).map(({ name }) => name);
  return [...tables].flatMap(([table, { ofSession }]) => {
    const rows = ofSession.get(session.session) ?? 0;
    if (rows === 0 || names.includes(table)) return [];
    const what = `session ${session.session} was not to measure ${table}`;
    return [defect("plan", { file: `${table}.csv`, value: `${rows} rows`, what, expected: names.join(", ") || "no rows" })];
  });
}

interface PlannedTrials {
  readonly name: string;
  readonly conditions: readonly { readonly condition: string; readonly trials: number }[];
}

function plannedOf({ experiments, iterations, images }: Session): PlannedTrials[] {
  // Files of 0.1.0 are of startup alone, and do not list its conditions.
  const startup = (conditions: readonly string[]) =>
    conditions.map((condition) => ({
      condition,
      trials: condition.split(" ")[1] === "cold" ? iterations.cold : iterations.warm,
    }));
  if (experiments === undefined) {
    const modes = iterations.cold > 0 ? ["warm", "cold"] : ["warm"];
    return [{ name: "startup", conditions: startup(images.flatMap(({ name }) => modes.map((mode) => `${name} ${mode}`))) }];
  }
  return experiments.map(({ name, conditions, iterations: all, fewer = {} }) => ({
    name,
    conditions:
      name === "startup" ? startup(conditions) : conditions.map((condition) => ({ condition, trials: fewer[condition] ?? all })),
  }));
}

/** A session that ended early has fewer, and what a machine cannot measure it is warned of. */
function missing(
  { session, ending, warnings }: Session,
  name: string,
  condition: string,
  found: number,
  planned: number,
): Problem {
  const what = `session ${session} has ${count(found, "trial")} of ${condition}`;
  const said = { file: `${name}.csv`, value: `${found}`, what, expected: `${planned}` };
  const excused = found < planned && (ending !== "complete" || warnings.some(({ summary }) => excuses(summary, name, condition)));
  return excused ? caution("plan", said) : defect("plan", said);
}

/** Whether a session's warning says that just this was not to be had: of others' lack nothing here is missing. */
function excuses(summary: string, name: string, condition: string): boolean {
  if (summary === `${name} could not be completed`) return true;
  const skipped = "is not supported here and was skipped";
  if (summary === `${name}: ${condition} ${skipped}` || summary === `${condition} ${skipped}`) return true;
  return summary.startsWith(OF_COLD_STARTS) && summary.includes("skipped") && condition.split(" ")[1] === "cold";
}

function unsound({ session, ending, started }: Session): Problem[] {
  if (ending === "complete") return [];
  const what = `session ${session}, begun ${started}, ended early (${ending ?? "killed, or still running"})`;
  return [
    caution("plan", { file: MANIFEST, column: `sessions.${session}.ending`, value: `${ending}`, what, expected: "complete" }),
  ];
}
