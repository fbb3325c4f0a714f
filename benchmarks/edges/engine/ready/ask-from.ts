/** Asks a container's port from a network that need not be ours: a private engine has a network namespace of its own. */
import { readFileSync, readlinkSync } from "node:fs";
import { clockNs } from "../../../../research/units.ts";
import type { Ready } from "../../../design/ports.ts";
import { type Answered, type Question, untilItAnswers } from "./ask-port.js";
import { Asker } from "./asker.ts";

/** The engine is where the container's shim is, the parent of its first process. */
const NETWORK = {
  engine: (pid: number) => `/proc/${/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]}/ns/net`,
  container: (pid: number) => `/proc/${pid}/ns/net`,
} as const;

/**
 * @param pid of the container's first process, as this machine numbers it
 * @throws the signal's reason; Error where that network cannot be entered
 */
export async function askFrom(place: keyof typeof NETWORK, pid: number, question: Question, signal: AbortSignal): Promise<Ready> {
  const network = foreign(() => NETWORK[place](pid));
  const { at, refused } = await answered(network, place, question, signal);
  return { at: clockNs(at), notYet: refused === undefined ? undefined : clockNs(refused) };
}

async function answered(
  network: Foreign | undefined,
  place: keyof typeof NETWORK,
  question: Question,
  signal: AbortSignal,
): Promise<Answered> {
  if (network === undefined) return untilItAnswers(question, signal);
  if (place === "engine") return askerOf(network).answer(question, signal);
  // Nobody else is there.
  using asker = new Asker(network.file);
  return await asker.answer(question, signal);
}

interface Foreign {
  readonly file: string;
  /** As the kernel names it: `net:[4026531840]`. */
  readonly name: string;
}

/** Unless it is ours. */
function foreign(find: () => string): Foreign | undefined {
  try {
    const file = find();
    const name = readlinkSync(file);
    return name === readlinkSync("/proc/self/ns/net") ? undefined : { file, name };
  } catch {
    // It has ended, or belongs to somebody else, such as root, whose networks we reach as everybody does.
    return undefined;
  }
}

/** One for each engine, until this process ends. It holds its network's namespace, whose name no other can get meanwhile. */
const askers = new Map<string, Asker>();

function askerOf({ file, name }: Foreign): Asker {
  const known = askers.get(name);
  if (known !== undefined && !known.hasEnded) return known;
  const asker = new Asker(file);
  askers.set(name, asker);
  return asker;
}
