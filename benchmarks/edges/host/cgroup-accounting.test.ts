import { describe, expect, it } from "vitest";
import { cgroupFolders, cpuUsage, memoryCharges, residentPages, throttling } from "./cgroup-accounting.ts";

const from =
  (files: Readonly<Record<string, string>>) =>
  (path: string): string => {
    const text = files[path];
    if (text === undefined) throw new Error(`ENOENT ${path}`);
    return text;
  };

/** As Linux 6.12 and systemd showed two busy loops held to half a CPU by Docker 26; memory.stat without what is not read. */
const scope = "/system.slice/docker-f871710f120c047c6f5a0f0a802794e144710f726b50e63792be661708fc97d0.scope";
const v2 = from({
  "/proc/self/mountinfo": [
    "29 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw",
    "32 24 0:27 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:8 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot",
  ].join("\n"),
  "/proc/3296/cgroup": `0::${scope}\n`,
  [`/sys/fs/cgroup${scope}/cpu.max`]: "50000 100000\n",
  [`/sys/fs/cgroup${scope}/cpu.stat`]: [
    "usage_usec 13360538",
    "user_usec 8415928",
    "system_usec 4944610",
    "nice_usec 0",
    "nr_periods 195",
    "nr_throttled 159",
    "throttled_usec 14411239",
    "nr_bursts 0",
    "burst_usec 0\n",
  ].join("\n"),
  [`/sys/fs/cgroup${scope}/memory.stat`]: "anon 94208\nfile 1048576\nkernel 409600\nfile_mapped 0\nanon_thp 0\nfile_thp 0\n",
  [`/sys/fs/cgroup${scope}/cgroup.procs`]: "3296\n3352\n",
});
const v1 = from({
  "/proc/self/mountinfo": [
    "30 24 0:26 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct",
    "31 24 0:27 / /sys/fs/cgroup/memory rw shared:9 - cgroup cgroup rw,memory",
    "32 24 0:28 / /sys/fs/cgroup/unified rw shared:9 - cgroup2 cgroup2 rw",
  ].join("\n"),
  "/proc/7/cgroup": "4:memory:/docker/ab12\n3:cpu,cpuacct:/docker/ab12\n0::/\n",
  "/sys/fs/cgroup/cpu,cpuacct/docker/ab12/cpuacct.usage": "1500123456\n",
  "/sys/fs/cgroup/cpu,cpuacct/docker/ab12/cpu.cfs_quota_us": "-1\n",
  "/sys/fs/cgroup/memory/docker/ab12/memory.stat": "cache 1\nrss 2\ntotal_cache 8192\ntotal_rss 4096\n",
  "/sys/fs/cgroup/memory/docker/ab12/cgroup.procs": "7\n",
});

describe("a cgroup's accounting", () => {
  it("is the container's own or none: a rootless engine makes no cgroups where it may not", () => {
    // Docker 28.5 with cgroup v1: a limit of 0.25 CPUs and the whole machine's 2, each trial ok.
    const rootless = from({
      "/proc/self/mountinfo": v1("/proc/self/mountinfo"),
      "/proc/7/cgroup": "4:memory:/\n3:cpu,cpuacct:/\n0::/\n",
    });
    expect(() => cgroupFolders(rootless, 7, "ab12")).toThrow("the container has no cgroup of its own");
  });

  it("of version 2 is in microseconds, in one folder", () => {
    const folders = cgroupFolders(v2, 3296, "f871710f120c");
    expect(cpuUsage(v2, folders)).toBe(13_360_538_000);
    expect(throttling(v2, folders)).toEqual({ periods: 195, throttledPeriods: 159, throttled: 14_411_239_000 });
    expect(memoryCharges(v2, folders)).toEqual({
      cgroup_anon_bytes: 94_208,
      cgroup_file_bytes: 1_048_576,
      processes: [3296, 3352],
    });
  });

  it("of version 1 is in nanoseconds, in the folder of each controller, also beside an empty version 2", () => {
    const folders = cgroupFolders(v1, 7, "ab12");
    expect(cpuUsage(v1, folders)).toBe(1_500_123_456);
    expect(throttling(v1, folders)).toBeUndefined();
    expect(memoryCharges(v1, folders)).toEqual({ cgroup_anon_bytes: 4096, cgroup_file_bytes: 8192, processes: [7] });
  });

  it("without a limit has no periods", () => {
    const unlimited = (path: string): string => (path.endsWith("/cpu.max") ? "max 100000\n" : v2(path));
    expect(throttling(unlimited, cgroupFolders(v2, 3296, "f871710f120c"))).toBeUndefined();
  });

  it("that is not there is an error, not a zero", () => {
    expect(() => cpuUsage(v2, new Map())).toThrow("cannot be found");
    const silent = (path: string): string => (path.endsWith("cpu.stat") ? "usage_usec 1\n" : v2(path));
    expect(() => throttling(silent, cgroupFolders(v2, 3296, "f871710f120c"))).toThrow("has no nr_periods");
  });

  it("knows a process's pages, whole and by share", () => {
    const smaps = from({
      "/proc/7/smaps_rollup": "5-7 ---p 0 00:00 0  [rollup]\nRss:      8256 kB\nPss:      2752 kB\nPss_Anon: 9 kB\n",
    });
    expect(residentPages(smaps, 7)).toEqual({ rss_bytes: 8_454_144, pss_bytes: 2_818_048 });
  });
});
