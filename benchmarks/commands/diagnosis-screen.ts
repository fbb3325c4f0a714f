/** What `doctor` prints where nothing else is asked for: what can be measured, what would disturb it, and what to do. */
import { count } from "../../research/text/count.ts";
import { hanging } from "../../research/text/screen/fit.ts";
import { atMost, joined, plain, renderScreen } from "../../research/text/screen/screen.ts";
import type { Terminal } from "../../research/text/screen/terminal.ts";
import type { Warning } from "../../research/warning.ts";
import { capabilities, disturbances, type Facts } from "./diagnose.ts";

/** The engine's is the longest, and none of the others is as long. */
const LINES_ABLE = 5;
const LINES_EACH = 3;
/** The answer, the lines between, and the last two. */
const BESIDE = 10;

/** @param warnings of the engine, beside what the facts show */
export function diagnosisScreen(facts: Facts, warnings: readonly Warning[], terminal: Terminal): string {
  const { columns } = terminal;
  const disturbing = [...disturbances(facts), ...warnings];
  const able = capabilities(facts).flatMap(({ what, available, evidence, remedy }) =>
    hanging(
      available ? "  yes " : "  NO  ",
      plain(`${what}: ${evidence}${remedy === undefined ? "" : `; ${remedy}`}`),
      columns,
      LINES_ABLE,
    ),
  );
  const found = disturbing.flatMap(({ summary, evidence, remedy }) =>
    hanging("  !   ", plain(`${summary} (${evidence}): ${remedy}`), columns, LINES_EACH),
  );
  const room = terminal.lines - BESIDE - able.length;
  return renderScreen(
    [
      answer(facts, disturbing.length).flatMap((sentence) => hanging("", plain(sentence), columns)),
      able,
      atMost(found, Math.max(1, room), (left) => `  !   ${count(left, "more line")}: --full`),
      next(facts, columns),
    ],
    terminal,
  );
}

/** What can be done now; nothing can where no engine is to be had. */
function next({ engine }: Facts, columns: number): string[] {
  if (!canMeasure(engine)) return ["  more: --full"];
  const commands = ["tierbench run startup", "tierbench trace small echo hello (one start)"];
  return [joined("  next: ", commands, columns), "  more: --full"];
}

const canMeasure = (engine: Facts["engine"]): boolean => !("problem" in engine) || engine.startable;

function answer(facts: Facts, disturbing: number): string[] {
  const { engine, probe, cold } = facts;
  if (!canMeasure(engine)) return ["Nothing can be measured here until a Docker engine answers."];
  const what = probe.name === "events" ? "the total of a start but not its tiers" : "all three tiers of a start";
  const modes = "problem" in cold ? "warm starts only" : "warm and cold";
  const whose = "problem" in engine ? ", with an engine of its own" : "";
  const quiet =
    disturbing === 0
      ? "Nothing found that would disturb a measurement."
      : `${count(disturbing, "thing")} would disturb a measurement: fix ${disturbing === 1 ? "it" : "them"} first.`;
  return [`Here tierbench can measure ${what}, ${modes}${whose}.`, quiet];
}
