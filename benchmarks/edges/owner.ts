/** Marks what this process makes as its own, so that a sweep can tell what a dead process left from what a live one uses. */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { pid } from "node:process";

/** Every container we create carries this label; what lacks it is never touched. */
export const OWNER_LABEL = "tierbench.owner";
/** Every image we import carries this label. */
export const IMAGE_LABEL = "tierbench.image";

export const owner = `${pid}@${hostname()}`;

/**
 * Whether the process that made something is still at work. What another host made may be in use there.
 * @param label value of {@link OWNER_LABEL}: data from outside, nothing is assumed of it
 */
export function ownerState(label: string): "alive" | "gone" | "elsewhere" {
  const match = /^(\d{1,10})@(.+)$/.exec(label);
  if (match === null || match[2] !== hostname()) return "elsewhere";
  return isTierbench(Number(match[1])) ? "alive" : "gone";
}

/** A process id is reused: only a process that runs this program counts. */
export function isTierbench(processId: number): boolean {
  try {
    return readFileSync(`/proc/${processId}/cmdline`, "utf8").includes("tierbench");
  } catch {
    return false;
  }
}
