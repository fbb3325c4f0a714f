/** Where the time of a start went: what a stretch of its critical path was. */
import { oneOf, optional, text } from "../../csv/cells.ts";
import { PHASE_NAMES } from "../../phases.ts";
import { CAUSE_NAMES } from "../../why/causes.ts";

const LABEL = /^[^\p{Cc}]{1,120}$/u;

export const CAUSE_COLUMNS = {
  phase: oneOf(PHASE_NAMES, "phase in which the time was spent"),
  cause: oneOf(CAUSE_NAMES, "what the start waited for; see method/why.md"),
  program: text("program on the critical path, as the kernel names it, with its role", LABEL, "up to 120 characters"),
  place: optional(
    text(
      "system call and function of the kernel in which it waited; empty on a processor, and where none was recorded",
      LABEL,
      "up to 120 characters",
    ),
  ),
};
