/** Labels what this process makes, so that a sweep can distinguish leftovers of dead processes from what live ones use. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { bootId, makeToken, type ProcessState, parseToken, processState } from "./process-token.ts";

/** Every container that we create carries this label; others are never touched. */
export const OWNER_LABEL = "tierbench.owner";
/** A container that is not a trial but a helper of the measurement has this label, too. */
export const HELPER_LABEL = "tierbench.helper";
/** Every image we import carries this label. */
export const IMAGE_LABEL = "tierbench.image";

/** This process, for what stays on this machine: trace instances, folders, locks. */
export const ownerToken = makeToken();
/** The same for what other machines may see: TOKEN@HOST, and the machine's own id where it has one, TOKEN@HOST:MACHINE. */
export const owner = `${ownerToken}@${[hostname(), ...machineId()].join(":")}`;

/** `elsewhere`: it may be in use where this process cannot see. */
export type OwnerState = "alive" | "gone" | "elsewhere";

/**
 * Whether the process that made something is still at work.
 * @param label value of {@link OWNER_LABEL}: data from outside, nothing is assumed of it
 */
export function ownerState(label: string): OwnerState {
  const at = label.indexOf("@");
  const token = at < 0 ? undefined : parseToken(label.slice(0, at));
  if (token === undefined) return "elsewhere";
  const [host, machine] = label.slice(at + 1).split(":");
  if (token.place === undefined) return host === hostname() ? fromState(processState(token)) : "elsewhere";
  // One boot is one machine, whatever its containers call themselves. Any other boot was this machine's, or another's.
  const wasHere = host === hostname() && machine !== undefined && machine === machineId()[0];
  return token.place.boot === bootId() || wasHere ? fromState(processState(token)) : "elsewhere";
}

/**
 * The same of a bare token, on what never leaves this machine.
 * @returns `undefined` when the text is no owner token
 */
export function tokenState(text: string): OwnerState | undefined {
  const token = parseToken(text);
  return token === undefined ? undefined : fromState(processState(token));
}

const fromState = (state: ProcessState): OwnerState => (state === "unknown" ? "elsewhere" : state);

/** Of machine-id(5), which asks not to be shown as it is; none where there is no such file. */
function machineId(): [] | [string] {
  try {
    const id = readFileSync("/etc/machine-id", "utf8").trim();
    return /^[0-9a-f]{32}$/.test(id) ? [createHash("sha256").update(`tierbench ${id}`).digest("hex").slice(0, 8)] : [];
  } catch {
    return [];
  }
}
