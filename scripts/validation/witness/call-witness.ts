/** Which witness watches: the one that was asked for, or the first that runs here. */
import { callBpftrace } from "./bpftrace.ts";
import type { Witness } from "./sight.ts";
import { callStrace } from "./strace.ts";

export const WITNESSES = ["bpftrace", "strace"] as const;

/**
 * @param asked `undefined`: bpftrace, which disturbs little, else strace
 * @param shimStarter the process that starts shims, for strace
 * @throws Error with what to do when none runs
 */
export async function callWitness(
  asked: (typeof WITNESSES)[number] | undefined,
  shimStarter: () => number,
  say: (line: string) => void,
): Promise<Witness> {
  if (asked === "strace") return callStrace(shimStarter(), say);
  try {
    return await callBpftrace(say);
  } catch (error) {
    if (asked === "bpftrace") throw error;
    say(`${(error as Error).message}; strace watches instead`);
    return callStrace(shimStarter(), say);
  }
}
