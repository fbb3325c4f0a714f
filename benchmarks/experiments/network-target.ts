/** Round trips between a container and a host somewhere else, by how the container is connected: the study's own question. */
import { isIPv4 } from "node:net";
import { networkTargetTable, TARGET_NETWORKS } from "../../research/tables/network-target.ts";
import { defineSharingExperiment, type Experiment, type Laboratory, NOTHING_TO_REMOVE } from "../design/experiment.ts";
import { exchanges } from "../workloads/exchange-programs.ts";
import { IdleContainers } from "../workloads/idle-containers.ts";
import { roundTrips } from "../workloads/round-trips.ts";
import { python, runWorkload } from "../workloads/workload.ts";

/** Fewer than between a container and its own host: others share that network. */
const EXCHANGES = 100;

/** @param target matches HOST_PATTERN: it becomes part of a program */
export const networkTarget = (target: string): Experiment =>
  defineSharingExperiment("network-target", {
    table: networkTargetTable,
    conditions: TARGET_NETWORKS.map((network) => ({ network, target })),
    container: ({ network }) => network,
    share: 15,
    warmupBlocks: 1,
    blockSeconds: 5,
    roles: ["python"],
    workload: `${EXCHANGES} exchanges`,
    open: async (laboratory, signal) => {
      const address = await addressOf(target, laboratory, signal);
      return {
        ...NOTHING_TO_REMOVE,
        trials: (conditions, trialSignal) =>
          runWorkload(
            laboratory,
            {
              request: {
                image: laboratory.images.python,
                command: exchanges(["icmp"], { address, ports: undefined }, EXCHANGES),
                settings: conditions[0]?.network === "host" ? { network: "host" } : {},
              },
              conditions,
              unmeasured: networkTargetTable.unmeasured,
              read: (marks) => {
                const measured = { address, ...roundTrips(marks) };
                return { measured, headline: measured.median_ns };
              },
            },
            trialSignal,
          ),
      };
    },
  });

/** Once, on the engine's host: a name may stand for another machine each time. */
async function addressOf(target: string, { engine, images }: Laboratory, signal: AbortSignal): Promise<string> {
  const command = python(
    "import socket",
    `try: address = socket.gethostbyname('${target}')`,
    `except OSError as error: sys.exit(f'no IPv4 address is known for --target ${target}: {error}')`,
    "mark(address); time.sleep(60)",
  );
  await using asked = new IdleContainers(engine);
  await asked.resize(1, { image: images.python, command, settings: { network: "host" } }, signal);
  const address = (asked.announced[0] ?? "").trim();
  if (!isIPv4(address)) throw new Error(`the container reported as the address of ${target}: ${JSON.stringify(address)}`);
  return address;
}
