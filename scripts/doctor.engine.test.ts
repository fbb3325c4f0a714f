/** What doctor says was tried, on machines that lack something: mounts of its own make this machine such a one. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { engineAndFolder } from "./testing/engine-and-folder.ts";

const { found, folder } = engineAndFolder("doctor");
const command = fileURLToPath(new URL("tierbench", import.meta.url));

/** In a mount namespace that `mounts` prepares; what is said there, unfolded. */
function on(mounts: string, ...args: string[]) {
  const env = { ...process.env, DOCKER_HOST: "", DOCKER_CONTEXT: "", DOCKER_CONFIG: folder, TIERBENCH_ENGINE_ROOT: folder };
  const script = `set -e; ${mounts}; exec "$0" "$@"`;
  const ended = spawnSync("unshare", ["-m", "sh", "-c", script, command, ...args], { env, encoding: "utf8" });
  return { ...ended, stdout: ended.stdout.replaceAll(/\n {4}/g, " ") };
}

const TRACEFS = "/sys/kernel/tracing";
const READ_ONLY_TRACEFS = [
  `[ -e ${TRACEFS}/trace_clock ] || mount -t tracefs nodev ${TRACEFS}`,
  `mount --bind ${TRACEFS} ${TRACEFS}`,
  `mount -o remount,bind,ro ${TRACEFS}`,
].join("; ");

describe("doctor", () => {
  it("says why tracefs cannot be used, and takes the next probe", () => {
    const { stdout, status } = on(READ_ONLY_TRACEFS, "doctor", "--full", "--engine", found.url);
    expect(status).toBe(0);
    expect(stdout).toMatch(/NO {2}kernel probe: tracefs: tracefs cannot be used: it is mounted read-only here/);
    expect(stdout).toContain("yes kernel probe (sidecar), which sees the tiers");
    const traced = on(READ_ONLY_TRACEFS, "trace", "--network", "host", "small", "--engine", found.url, "--", "echo", "hi");
    expect(traced.stderr).toContain("probe sidecar (");
    expect(traced.status, traced.stderr).toBe(0);
    const asked = on(
      READ_ONLY_TRACEFS,
      "trace",
      "--network",
      "host",
      "small",
      "--probe",
      "tracefs",
      "--engine",
      found.url,
      "--",
      "echo",
      "hi",
    );
    expect(asked.status).toBe(1);
    expect(asked.stderr).toContain("mounted read-only here");
  });

  it.each([
    [
      "has no room for another trace",
      "mount -t tmpfs -o nr_inodes=1 nodev",
      /the kernel refuses another trace instance \(ENOSPC\): tierbench sweep/,
    ],
    ["is locked down", "mount --bind /sys/kernel/mm", /the kernel does not permit it \(EPERM\): lockdown/],
  ])("says that a kernel %s, and the next probe is taken", (_, cover, why) => {
    const mounts = `[ -e ${TRACEFS}/trace_clock ] || mount -t tracefs nodev ${TRACEFS}; ${cover} ${TRACEFS}/instances`;
    const { stdout, status } = on(mounts, "doctor", "--full", "--no-sidecar", "--engine", found.url);
    expect(status).toBe(0);
    expect(stdout).toMatch(/NO {2}kernel probe, /);
    expect(stdout).toMatch(why);
    const traced = on(mounts, "trace", "--network", "host", "small", "--no-sidecar", "--engine", found.url, "--", "echo", "hi");
    expect(traced.stderr).toMatch(/probe events \(no kernel probe: tracefs/);
    expect(traced.status, traced.stderr).toBe(0);
  });

  it("says why the page cache cannot be dropped", () => {
    const file = "/proc/sys/vm/drop_caches";
    const { stdout } = on(
      `mount --bind ${file} ${file}; mount -o remount,bind,ro ${file}`,
      "doctor",
      "--full",
      "--engine",
      found.url,
    );
    expect(stdout).toMatch(/NO {2}cold starts: .*drop_caches cannot be opened for writing \(EROFS\)/);
  });

  it("on a machine without an engine says that run brings one, and what could be measured with it", () => {
    const { stdout, status } = on("mount -t tmpfs nodev /run", "doctor", "--full");
    expect(stdout).toMatch(/yes Docker engine: none answers; `tierbench run` starts a private one/);
    expect(stdout).toContain("yes kernel probe (tracefs)");
    expect(status).toBe(0);
  });
});
