/**
 * A name for a process that no other process ever has, and whether that process is still alive. It is looked up by other
 * users, in other pid namespaces (containers), behind hidepid, and after a reboot.
 *
 *   PID.START.NAMESPACE.BOOT    its id and start time in its own pid namespace, that namespace's inode, the boot's id
 *   PID.START                   of versions before 0.2, and where there is no /proc (macOS)
 */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { kill, pid } from "node:process";

/** `unknown`: it belongs to a pid namespace into which this process cannot see. */
export type ProcessState = "alive" | "gone" | "unknown";

const TOKEN = /^(\d{1,10})\.(\d{1,20})(?:\.(\d{1,20})\.([0-9a-f]{8}))?$/;
/** Without /proc the id alone must suffice. */
const UNKNOWN_START = "0";
/** PROC_PID_INIT_INO of linux/proc_ns.h: all processes of the machine are seen from there. */
const FIRST_NAMESPACE = "4026531836";

export interface ProcessToken {
  readonly pid: number;
  readonly start: string;
  /** `undefined` in the short form. */
  readonly place: { readonly namespace: string; readonly boot: string } | undefined;
}

/** @returns `undefined` when the text is no token: it is data from outside, nothing is assumed of it */
export function parseToken(text: string): ProcessToken | undefined {
  const match = TOKEN.exec(text);
  if (match === null) return undefined;
  const [, id, start, namespace, boot] = match as unknown as [string, string, string, string?, string?];
  return { pid: Number(id), start, place: namespace === undefined || boot === undefined ? undefined : { namespace, boot } };
}

/** Of this process. */
export function makeToken(): string {
  const start = readStat(pid)?.start ?? UNKNOWN_START;
  const [namespace, boot] = [namespaceOf("self"), bootId()];
  return namespace === undefined || boot === undefined ? `${pid}.${start}` : `${pid}.${start}.${namespace}.${boot}`;
}

/** First digits of the id that this boot of the kernel has, the same in all containers; `undefined` where there is none. */
export function bootId(): string | undefined {
  return /^[0-9a-f]{8}/.exec(read("/proc/sys/kernel/random/boot_id") ?? "")?.[0];
}

/** Of a process on this machine, in this boot or an earlier one. */
export function processState({ pid: id, start, place }: ProcessToken): ProcessState {
  if (place !== undefined && place.boot !== bootId()) return "gone";
  const own = namespaceOf("self");
  if (place === undefined || place.namespace === own) {
    const state = hereState(id, start);
    if (state === "alive" || place !== undefined || own === undefined) return state;
  }
  // The short form does not tell the namespace.
  if (livesBelow(id, start, place?.namespace)) return "alive";
  return own === FIRST_NAMESPACE && (place === undefined || seesAll()) ? "gone" : "unknown";
}

/** With hidepid a process that is another user's is not in /proc, but a signal tells it (EPERM) from none (ESRCH). */
function hereState(id: number, start: string): ProcessState {
  const seen = start === UNKNOWN_START ? undefined : readStat(id)?.start;
  if (seen !== undefined) return seen === start ? "alive" : "gone";
  return exists(id) ? "alive" : "gone";
}

function exists(id: number): boolean {
  try {
    return kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Whether a process lives that has this id in a pid namespace below ours, where it has another here. */
function livesBelow(id: number, start: string, namespace: string | undefined): boolean {
  return processIds().some((here) => {
    const ids =
      /^NSpid:(.*)$/m
        .exec(read(`/proc/${here}/status`) ?? "")?.[1]
        ?.trim()
        .split(/\s+/) ?? [];
    if (ids.length < 2 || ids.at(-1) !== String(id) || readStat(here)?.start !== start) return false;
    // Whose namespaces may not be looked at is taken for the one: better a thing too many left than one too many removed.
    return namespace === undefined || (namespaceOf(here) ?? namespace) === namespace;
  });
}

/** Process 1 belongs to root: hidepid hides it from others. */
const seesAll = (): boolean => readStat(1) !== undefined;

const processIds = (): string[] => readdirSync("/proc").filter((name) => /^\d+$/.test(name));

function namespaceOf(of: string): string | undefined {
  try {
    return /^pid:\[(\d+)\]$/.exec(readlinkSync(`/proc/${of}/ns/pid`))?.[1];
  } catch {
    return undefined;
  }
}

/** Clock ticks from boot to the start of a process: field 22 of proc_pid_stat(5); the name before it may hold anything. */
function readStat(id: number | string): { readonly start: string } | undefined {
  const stat = read(`/proc/${id}/stat`);
  const start = stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  return start === undefined ? undefined : { start };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
