/**
 * A network namespace of ours from which this machine is met over a link that the kernel delays (tc-netem(8)): nothing of
 * the machine's own network is touched but for one interface, which goes with it.
 */
import { execFileSync } from "node:child_process";
import type { Delay } from "../../../benchmarks/testing/proxy.ts";

export interface FarNetwork extends AsyncDisposable {
  /** Of this machine, as it is met from there. */
  readonly address: string;
  /** The command that runs another one there. */
  readonly enter: readonly string[];
}

/** A private link of two addresses; the near one is this machine's. */
const [NEAR, FAR] = ["10.213.77.1", "10.213.77.2"] as const;
/** Both ends of the link have this name, each in its own network. */
const LINK = "tierbench-far";

/** @param command with arguments that hold no spaces */
function run(command: string): void {
  const [file, ...args] = command.split(" ");
  execFileSync(file as string, args, { stdio: "pipe" });
}

/**
 * @param delay there: from the namespace to this machine; back: the other way
 * @throws Error when this kernel has no netem, we are not root, or there is such a network already
 */
export async function openFarNetwork({ thereMs, backMs }: Delay): Promise<FarNetwork> {
  const remove = (): void => {
    run(`ip link delete ${LINK}`); // at once, where the end of a namespace takes its time
    run(`ip netns delete ${LINK}`);
  };
  run(`ip netns add ${LINK}`);
  run(`ip link add ${LINK} type veth peer name ${LINK} netns ${LINK}`);
  try {
    for (const [inside, address, ms] of [
      ["", NEAR, backMs],
      [`-n ${LINK} `, FAR, thereMs],
    ] as const) {
      run(`ip ${inside}address add ${address}/30 dev ${LINK}`);
      run(`ip ${inside}link set ${LINK} up`);
      run(`tc ${inside}qdisc add dev ${LINK} root netem delay ${ms}ms`);
    }
  } catch (error) {
    remove();
    throw error;
  }
  return { address: NEAR, enter: ["nsenter", `--net=/run/netns/${LINK}`], [Symbol.asyncDispose]: async () => remove() };
}

/** Why this kernel cannot delay, in tc's own words; `undefined` where it can. */
export async function netemProblem(): Promise<string | undefined> {
  try {
    await using _far = await openFarNetwork({ thereMs: 0, backMs: 0 });
    return undefined;
  } catch (error) {
    return (error as Error).message.trim().split("\n").at(-1);
  }
}
