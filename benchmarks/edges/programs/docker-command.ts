/** The docker command of this machine: run in a small process of its own, directly or with its calls watched. */
import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { DockerCommand } from "../../design/ports.ts";
import type { DockerEngine } from "../engine/docker.ts";
import { removeContainer } from "../engine/remove-container.ts";
import { makeTemporaryFolder } from "../files/temporary-folders.ts";
import { OWNER_LABEL, owner } from "../host/owner.ts";
import { openApiRelay } from "./api-relay.ts";
import { pathOf } from "./programs.ts";
import { openSpawner } from "./spawner.ts";

const SOCKET_URL = "unix://";

/** @throws Error that says what is missing */
export async function openDockerCommand(engine: DockerEngine): Promise<DockerCommand> {
  if (!engine.local || !engine.url.startsWith(SOCKET_URL))
    throw new Error("the docker command is timed beside its engine: run tierbench on the engine's host");
  const program = pathOf("docker");
  // Its socket and an empty configuration: of the user's nothing is read.
  const folder = await makeTemporaryFolder("docker");
  const removeFolder = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const relay = await openApiRelay(engine.url.slice(SOCKET_URL.length), join(folder, "engine.sock")).catch(async (error) => {
    await removeFolder();
    throw error;
  });
  const spawner = openSpawner();
  let count = 0;
  return {
    run: async ({ image, command, flags = [], timeout }, watched) => {
      count += 1;
      const name = `${basename(folder)}-${count}`;
      const run = ["run", "--rm", "--name", name, "--label", `${OWNER_LABEL}=${owner}`, ...flags, image, ...command];
      relay.take();
      const launch = await spawner.run(
        program,
        ["--config", folder, "--host", watched ? relay.url : engine.url, ...run],
        timeout,
      );
      // Calls of the removal below are none of the command's.
      const passed = relay.take();
      if (launch.problem !== undefined)
        await removeContainer(engine.docker.getContainer(name)).catch((cause: Error) => {
          throw new Error(`${launch.problem}; and cleaning up after it failed: ${cause.message}`, { cause });
        });
      return { ...launch, ...passed };
    },
    call: (args, timeout) => spawner.run(program, ["--config", folder, "--host", engine.url, ...args], timeout),
    beside: (name, args, timeout) => spawner.run(pathOf(name), args, timeout),
    [Symbol.asyncDispose]: async () => {
      await spawner[Symbol.asyncDispose]();
      await relay[Symbol.asyncDispose]();
      await removeFolder();
    },
  };
}
