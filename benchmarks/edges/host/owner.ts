/** Marks what this process makes as its own, so that a sweep can tell what a dead process left from what a live one uses. */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { kill, pid } from "node:process";

/** Every container we create carries this label; what lacks it is never touched. */
export const OWNER_LABEL = "tierbench.owner";
/** A container that is no trial but a helper of the measurement bears this one, too. */
export const HELPER_LABEL = "tierbench.helper";
/** Every image we import carries this label. */
export const IMAGE_LABEL = "tierbench.image";

/** Where there is no /proc (macOS), the id alone has to do. */
const UNKNOWN_START = "0";

/** This process, told apart from any that gets its id later by the time at which it started. */
export const ownerToken = `${pid}.${startTime(pid) ?? UNKNOWN_START}`;
export const owner = `${ownerToken}@${hostname()}`;

/**
 * Whether the process that made something is still at work. What another host made may be in use there.
 * @param label value of {@link OWNER_LABEL}: data from outside, nothing is assumed of it
 */
export function ownerState(label: string): "alive" | "gone" | "elsewhere" {
  const at = label.indexOf("@");
  const alive = isAlive(label.slice(0, at));
  return alive === undefined || label.slice(at + 1) !== hostname() ? "elsewhere" : alive ? "alive" : "gone";
}

/** @returns `undefined` when the text is no owner token */
export function isAlive(token: string): boolean | undefined {
  const match = /^(\d{1,10})\.(\d{1,20})$/.exec(token);
  if (match === null) return undefined;
  return match[2] === UNKNOWN_START ? exists(Number(match[1])) : startTime(Number(match[1])) === match[2];
}

function exists(processId: number): boolean {
  try {
    return kill(processId, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Clock ticks from boot to the start of a process: field 22 of proc_pid_stat(5); the name before it may hold anything. */
function startTime(processId: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}
