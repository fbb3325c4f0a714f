/** Starts a program of an image as a process of this machine: bare, in namespaces, by an OCI runtime, by the docker command. */
import { execFile, spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { getuid } from "node:process";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { STARTUP } from "../../../research/protocol.ts";
import type { ProcessRung } from "../../../research/tables/ladder.ts";
import type { Launchers } from "../../design/ports.ts";
import type { DockerEngine } from "../engine/docker.ts";
import { removeContainer } from "../engine/remove-container.ts";
import { OWNER_LABEL, owner } from "../host/owner.ts";
import { makeLaunchFolder, removeLaunchFolder, stateOf } from "./launch-folder.ts";
import { containerNamespaces, ociConfig } from "./oci-config.ts";
import { pathOf } from "./programs.ts";
import { openSpawner } from "./spawner.ts";

const run = promisify(execFile);

interface Recipe {
  readonly program: string;
  readonly args: readonly string[];
  /** What must be ready before the clock starts. */
  readonly prepare?: () => void;
  /** Removes what a failed run left behind. */
  readonly tidy?: () => Promise<unknown>;
}

/** @throws Error that says what is missing */
export async function openLaunchers(engine: DockerEngine, image: string, signal: AbortSignal): Promise<Launchers> {
  if (!engine.local)
    throw new Error("the engine runs on another kernel than the other rungs would: run tierbench on the engine's host");
  if (getuid?.() !== 0) throw new Error("namespaces and OCI runtimes need root: run as root");
  const { folder, id } = await makeLaunchFolder();
  try {
    const rootfs = join(folder, "rootfs");
    await unpack(engine, image, rootfs, signal);
    const cgroupVersion = existsSync("/sys/fs/cgroup/cgroup.controllers") ? "2" : "1";

    const inImage = ([program = "", ...args]: readonly string[]) => [join(rootfs, program), ...args] as const;
    const byRuntime = (runtime: "crun" | "runc", command: readonly string[]): Recipe => {
      const [program, bundle, state] = [pathOf(runtime), join(folder, runtime), ["--root", stateOf(folder, runtime)]];
      const config = ociConfig({ command, rootfs, cgroup: `/${id}`, cgroupVersion });
      return {
        ...{ program, args: [...state, "run", "--bundle", bundle, id] },
        prepare: () => writeFileSync(join(bundle, "config.json"), JSON.stringify(config)),
        tidy: () => run(program, [...state, "delete", "--force", id]),
      };
    };
    const recipes: Readonly<Record<ProcessRung, (command: readonly string[]) => Recipe>> = {
      exec: (command) => {
        const [program, ...args] = inImage(command);
        return { program, args };
      },
      unshare: (command) => {
        const namespaces = containerNamespaces(cgroupVersion).map((kind) => `--${kind === "network" ? "net" : kind}`);
        return { program: pathOf("unshare"), args: [...namespaces, "--fork", "--", ...inImage(command)] };
      },
      crun: (command) => byRuntime("crun", command),
      runc: (command) => byRuntime("runc", command),
      cli: (command) => ({
        program: pathOf("docker"),
        args: [
          ...["--config", join(folder, "docker"), "--host", engine.url, "run", "--rm", "--network", "none"],
          ...["--name", id, "--label", `${OWNER_LABEL}=${owner}`, image, ...command],
        ],
        tidy: () => removeContainer(engine.docker.getContainer(id)),
      }),
    };
    // Of the user's docker configuration nothing is read: this one's is empty.
    for (const bundle of ["crun", "runc", "docker"]) await mkdir(join(folder, bundle));
    const spawner = openSpawner();
    return {
      launch: async (rung, command) => {
        const { program, args, prepare, tidy } = recipes[rung](command);
        prepare?.();
        const launched = await spawner.run(program, args, STARTUP.timeout);
        if (launched.problem !== undefined)
          await tidy?.().catch((cause: Error) => {
            throw new Error(`${launched.problem}; and cleaning up after it failed: ${cause.message}`, { cause });
          });
        return launched;
      },
      [Symbol.asyncDispose]: async () => {
        await spawner[Symbol.asyncDispose]();
        await removeLaunchFolder(folder);
      },
    };
  } catch (error) {
    await removeLaunchFolder(folder);
    throw error;
  }
}

/** The files of an image, as a container of it would have them. */
async function unpack(engine: DockerEngine, image: string, folder: string, signal: AbortSignal): Promise<void> {
  await mkdir(folder);
  const id = await engine.create({ image, command: undefined }, signal);
  try {
    const exported = await engine.docker.getContainer(id).export();
    const tar = spawn("tar", ["--extract", "--numeric-owner", "--directory", folder], { stdio: ["pipe", "ignore", "inherit"] });
    const ended = new Promise<number | null>((resolve, reject) => tar.once("error", reject).once("close", resolve));
    const [, code] = await Promise.all([pipeline(exported, tar.stdin), ended]);
    if (code !== 0) throw new Error(`the files of image ${image} could not be unpacked: tar ended with exit code ${code}`);
  } finally {
    await engine.remove(id);
  }
}
