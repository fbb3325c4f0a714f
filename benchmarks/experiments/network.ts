/** Round trips between a container and its host, by how the container is connected. */
import { NETWORKS, networkTable, PROTOCOLS } from "../../research/tables/network.ts";
import { defineSharingExperiment, type Laboratory } from "../design/experiment.ts";
import { echoServer, exchanges, type Peer } from "../workloads/exchange-programs.ts";
import { IdleContainers } from "../workloads/idle-containers.ts";
import { roundTrips } from "../workloads/round-trips.ts";
import { python, runWorkload } from "../workloads/workload.ts";

/** Of a trial. */
const EXCHANGES = 1_000;

export const network = defineSharingExperiment("network", {
  table: networkTable,
  conditions: NETWORKS.flatMap((name) => PROTOCOLS.map((protocol) => ({ network: name, protocol }))),
  container: ({ network: name }) => name,
  share: 50,
  asked: ({ network: name, protocol }) => protocol === "icmp" && name !== "none",
  warmupBlocks: 1,
  blockSeconds: 2,
  roles: ["python"],
  workload: `${EXCHANGES} exchanges, the protocols of a network in one container`,
  open: async (laboratory, signal) => {
    const { engine, images } = laboratory;
    const gateway = await bridgeGateway(laboratory, signal);
    // The host's end is a container of ours in the host's network: so it is wherever the engine is.
    const server = new IdleContainers(engine);
    const request = { image: images.python, command: echoServer(gateway), settings: { network: "host" as const } };
    try {
      await server.resize(1, request, signal);
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
    const host: Peer = { address: gateway, ports: portsOf(server.announced[0] ?? "") };
    const itself: Peer = { address: "127.0.0.1", ports: undefined };
    return {
      trials: (conditions, trialSignal) => {
        const name = conditions[0]?.network ?? "bridge";
        const protocols = conditions.map(({ protocol }) => protocol);
        return runWorkload(
          laboratory,
          {
            request: {
              image: images.python,
              command: exchanges(protocols, name === "none" ? itself : host, EXCHANGES),
              settings: name === "bridge" ? {} : { network: name },
            },
            conditions,
            unmeasured: networkTable.unmeasured,
            read: (marks) => {
              const measured = roundTrips(marks);
              return { measured, headline: measured.median_ns };
            },
          },
          trialSignal,
        );
      },
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  },
});

async function bridgeGateway({ engine, images }: Laboratory, signal: AbortSignal): Promise<string> {
  await using asked = new IdleContainers(engine);
  await asked.resize(1, { image: images.python, command: python("mark('there')", "time.sleep(60)") }, signal);
  // Awaited here: otherwise a failure during the container's removal would go unnoticed.
  return await engine.gatewayOf(asked.ids[0] ?? "");
}

function portsOf(announced: string): NonNullable<Peer["ports"]> {
  const [, tcp, udp] = /^(\d+) (\d+)\n/.exec(announced) ?? [];
  if (tcp === undefined || udp === undefined)
    throw new Error(`the echo server printed ${JSON.stringify(announced)}, not its ports`);
  return { tcp: Number(tcp), udp: Number(udp) };
}
