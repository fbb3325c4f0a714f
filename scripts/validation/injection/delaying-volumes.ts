/** A volume plugin of Docker's (protocol 1: JSON over HTTP on a unix socket) that can be slow to mount. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { hold } from "./hold.ts";

export interface DelayingVolumes extends AsyncDisposable {
  /** As a container's body names it. */
  readonly driver: string;
  /** From now on. @param milliseconds 0 answers at once */
  readonly hold: (milliseconds: number) => void;
  /** How long mounts were really held since `hold` was last called, in ns. */
  readonly held: () => bigint;
}

const DRIVER = "tierbench-delaying";

/**
 * @param folder of its own, for the socket and what is mounted
 * @param settings the engine's /etc/docker, where it looks for plugins
 */
export async function openDelayingVolumes(folder: string, settings: string): Promise<DelayingVolumes> {
  const mountpoint = join(folder, "volume");
  mkdirSync(mountpoint, { recursive: true });
  let wanted = 0;
  let total = 0n;
  const answers: Readonly<Record<string, (name: string) => object | Promise<object>>> = {
    "/Plugin.Activate": () => ({ Implements: ["VolumeDriver"] }),
    "/VolumeDriver.Capabilities": () => ({ Capabilities: { Scope: "local" } }),
    "/VolumeDriver.Get": (Name) => ({ Volume: { Name, Mountpoint: mountpoint } }),
    "/VolumeDriver.Path": () => ({ Mountpoint: mountpoint }),
    "/VolumeDriver.Mount": async () => {
      total += await hold(wanted);
      return { Mountpoint: mountpoint };
    },
  };
  const server = createServer(async (request, response) => {
    const { Name = "" } = JSON.parse((await text(request)) || "{}") as { readonly Name?: string };
    // Create, Remove and Unmount have nothing to say.
    response.end(JSON.stringify((await answers[request.url ?? ""]?.(Name)) ?? { Err: "" }));
  });
  const socket = join(folder, "volumes.sock");
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(socket, resolve));
  mkdirSync(join(settings, "plugins"), { recursive: true });
  const specification = join(settings, "plugins", `${DRIVER}.spec`);
  writeFileSync(specification, `unix://${socket}`);
  return {
    driver: DRIVER,
    hold: (milliseconds) => {
      wanted = milliseconds;
      total = 0n;
    },
    held: () => total,
    [Symbol.asyncDispose]: async () => {
      rmSync(specification);
      server.close();
      server.closeAllConnections();
    },
  };
}
