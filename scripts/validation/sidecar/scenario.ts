/** Under which clocks and over which connection the helper's times are held against the kernel's own. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { type Delay, openProxy } from "../../../benchmarks/testing/proxy.ts";
import { openFarNetwork } from "./far-network.ts";

export interface Scenario {
  readonly name: string;
  /** By how much the client's monotonic clock is ahead of the kernel's: it runs in a time namespace of its own. */
  readonly shift_s: number;
  /** Who delays: a proxy of ours, or the kernel on a link between the client and the proxy. `undefined`: the engine's own socket. */
  readonly delay: (Delay & { readonly by: "proxy" | "netem" }) | undefined;
}

/** What one start showed, in ns. */
export interface Comparison {
  /** The bound that the row would carry for the kernel's times, and for Docker's events. */
  readonly bound: number;
  readonly eventBound: number;
  /** The largest difference to tracefs, over all kernel milestones, and which one; and over all events. */
  readonly worst: number;
  readonly milestone: string;
  readonly eventWorst: number;
  /** Error of tracefs' own times, and of the wall clock read here. */
  readonly truthError: number;
  readonly eventTruthError: number;
  /** Kernel milestones that both saw. */
  readonly milestones: number;
}

const WATCH = fileURLToPath(new URL("watch.ts", import.meta.url));

/**
 * Starts containers that tracefs and the helper watch at once, from a process that reads the scenario's clock.
 * @param socket path of a local engine's socket
 * @yields one comparison a start
 * @throws Error when a start goes wrong, or the two did not see the same milestones
 */
export async function* watch(scenario: Scenario, socket: string, starts: number): AsyncGenerator<Comparison> {
  const { delay } = scenario;
  await using far = delay?.by === "netem" ? await openFarNetwork(delay) : undefined;
  const address = far?.address ?? "127.0.0.1";
  await using proxy =
    delay === undefined ? undefined : await openProxy(socket, far === undefined ? delay : undefined, undefined, address);
  const url = proxy === undefined ? `unix://${socket}` : `tcp://${address}:${proxy.port}`;
  const node = [process.execPath, "--import", "tsx", WATCH, url, String(starts)];
  const shifted =
    scenario.shift_s === 0
      ? node
      : ["unshare", "--time", "--monotonic", String(scenario.shift_s), "--fork", "--kill-child", ...node];
  const [command, ...args] = [...(far?.enter ?? []), ...shifted];
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(command as string, args, {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close") as Promise<[number | null]>;
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk;
  });
  for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line) as Comparison;
  const [code] = await ended;
  if (code !== 0) throw new Error(`${scenario.name}: ${errors.trim()}`);
}

export const isWithin = ({ worst, bound, truthError }: Comparison): boolean => worst <= bound + truthError;
export const isEventWithin = (of: Comparison): boolean => of.eventWorst <= of.eventBound + of.eventTruthError;
