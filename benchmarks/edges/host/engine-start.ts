/** Since when an engine runs: Docker makes its default bridge whenever it starts, so that its id is another each time. */
import type Docker from "dockerode";
import * as z from "zod";

const network = z.object({ Id: z.string() });
const SHOWN = 12;

/** @returns `undefined` where it cannot be told: Podman has no such network, a proxy may forbid to ask */
export async function engineStart(docker: Docker): Promise<string | undefined> {
  const said: unknown = await docker
    .getNetwork("bridge")
    .inspect()
    .catch(() => undefined);
  const bridge = network.safeParse(said);
  return bridge.success ? bridge.data.Id.slice(0, SHOWN) : undefined;
}
