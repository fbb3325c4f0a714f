/**
 * A Podman that serves Docker's API, as Debian packages it, without being installed: its packages are unpacked into a
 * temporary folder, which an overlay shows at their usual place within a mount namespace of its own. It also has a network
 * namespace, and its own /var, /run and /dev/shm; so no unit is enabled, no bridge, firewall rule, lock or mount stays, and
 * a Podman of the user's is not touched. Needs root on Debian or Ubuntu.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";
import { OWNER_LABEL } from "../../benchmarks/edges/host/owner.ts";
import { SHOW_PACKAGES, unpackPackages } from "./unpacked-packages.ts";

/** It ends by itself when nobody has asked it anything for so long: a test that was killed leaves no process behind. */
const IDLE_S = 120;
const START_PATIENCE_MS = 15_000;
/** With cgroupfs: those of containers are in there while these run, that of their monitors stays. */
const CGROUPS = ["libpod_parent/conmon", "libpod_parent"];

export interface PodmanService extends AsyncDisposable {
  readonly url: string;
}

export async function openPodman(): Promise<PodmanService> {
  const folder = mkdtempSync(join(tmpdir(), "tierbench-podman-"));
  try {
    unpackPackages(folder, ["podman", "runc"]);
    return await serve(folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** What is not said here would be read from the machine's /etc/containers. */
const settings = (folder: string): Record<string, string> => ({
  // Podman raises limits as far as it goes, which takes CAP_SYS_RESOURCE; journald and systemd may not be there.
  "containers.conf": `[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_config_dir = "${folder}/networks"
`,
  "storage.conf": `[storage]
driver = "overlay"
graphroot = "${folder}/storage"
runroot = "${folder}/run"
`,
  "registries.conf": "",
});

const SCRIPT = `
PACKAGES=$HOME/packages
${SHOW_PACKAGES}
for folder in /var /run /dev/shm; do mount -t tmpfs tierbench "$folder"; done
mkdir /var/tmp
ip link set lo up
exec podman --tmpdir "$HOME/engine" system service --time=${IDLE_S} "unix://$HOME/podman.sock"
`;

async function serve(folder: string): Promise<PodmanService> {
  mkdirSync(join(folder, "tmp"));
  for (const [name, text] of Object.entries(settings(folder))) writeFileSync(join(folder, name), text);
  const socket = join(folder, "podman.sock");
  const service = spawn("unshare", ["--mount", "--net", "--propagation", "slave", "--", "/bin/sh", "-ec", SCRIPT], {
    env: {
      PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      HOME: folder,
      TMPDIR: join(folder, "tmp"),
      CONTAINERS_CONF: join(folder, "containers.conf"),
      CONTAINERS_STORAGE_CONF: join(folder, "storage.conf"),
      CONTAINERS_REGISTRIES_CONF: join(folder, "registries.conf"),
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  service.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk).slice(-2_000);
  });
  const docker = new Docker({ socketPath: socket });
  for (const end = Date.now() + START_PATIENCE_MS; !(await answers(docker)); ) {
    if (Date.now() > end || service.exitCode !== null) {
      await stop(service);
      throw new Error(`Podman does not serve its API: ${said.trim() || "it said nothing"}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url: `unix://${socket}`,
    [Symbol.asyncDispose]: async () => {
      try {
        await removeContainers(docker);
      } finally {
        await stop(service);
        removeCgroups();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

const answers = (docker: Docker): Promise<boolean> =>
  docker.ping().then(
    () => true,
    () => false,
  );

/** A test that failed may have left some, and they would outlive the service. */
async function removeContainers(docker: Docker): Promise<void> {
  const left = await docker.listContainers({ all: true, filters: JSON.stringify({ label: [OWNER_LABEL] }) });
  for (const { Id } of left) await docker.getContainer(Id).remove({ force: true });
}

async function stop(service: ChildProcess): Promise<void> {
  if (service.exitCode !== null || service.signalCode !== null) return;
  const exited = once(service, "exit");
  service.kill();
  await exited;
}

/** Empty ones alone can be removed: where containers of another Podman run, theirs stay. */
function removeCgroups(): void {
  const root = "/sys/fs/cgroup";
  for (const path of ["", ...readdirSync(root)].flatMap((hierarchy) => CGROUPS.map((cgroup) => join(root, hierarchy, cgroup)))) {
    try {
      rmdirSync(path);
    } catch {
      // None there, or in use.
    }
  }
}
