/** Asks a container's port from a network that need not be ours: a private engine has a network namespace of its own. */
import { execFile } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { clockNs, nanoseconds } from "../../../../research/units.ts";
import type { Ready } from "../../../design/ports.ts";
import { type Question, untilItAnswers } from "./ask-port.js";

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL("./ask-port.js", import.meta.url));

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
  const { at, error } =
    network === undefined ? await untilItAnswers(question, signal) : await askWithin(network, question, signal);
  return { at: clockNs(at), error: nanoseconds(Number(error)) };
}

/** Unless it is ours. */
function foreign(find: () => string): string | undefined {
  try {
    const network = find();
    return readlinkSync(network) === readlinkSync("/proc/self/ns/net") ? undefined : network;
  } catch {
    // It has ended, or belongs to somebody else, such as root, whose networks we reach as everybody does.
    return undefined;
  }
}

async function askWithin(network: string, question: Question, signal: AbortSignal): Promise<{ at: bigint; error: bigint }> {
  try {
    const { stdout } = await run("nsenter", [`--net=${network}`, execPath, SCRIPT, JSON.stringify(question)], { signal });
    const [at = "", error = ""] = stdout.trim().split(" ");
    return { at: BigInt(at), error: BigInt(error) };
  } catch (cause) {
    signal.throwIfAborted();
    throw new Error(`the network where the port is asked cannot be entered: ${(cause as Error).message}`, { cause });
  }
}
