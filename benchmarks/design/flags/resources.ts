/** Flags that limit what a container may use. */
import { at, type Flag, list, many, one, toggle } from "./flag.ts";
import { bytes, bytesOrUnlimited, device, deviceRate, nanoCpus, ulimit, whole, word } from "./values.ts";

export const RESOURCE_FLAGS: readonly Flag[] = [
  one("memory,m", "HostConfig.Memory", bytes, "Memory limit, such as 256m"),
  one("memory-reservation", "HostConfig.MemoryReservation", bytes, "Soft limit of memory"),
  one("memory-swap", "HostConfig.MemorySwap", bytesOrUnlimited, "Limit of memory and swap together; -1: none"),
  one("memory-swappiness", "HostConfig.MemorySwappiness", whole(-1, 100), "Swappiness, 0 to 100"),
  one("cpus", "HostConfig.NanoCpus", nanoCpus, "CPUs' time, such as 0.5"),
  one("cpu-shares,c", "HostConfig.CpuShares", whole(), "Relative weight of CPU time"),
  one("cpu-period", "HostConfig.CpuPeriod", whole(), "Period of the CPU limit, in microseconds"),
  one("cpu-quota", "HostConfig.CpuQuota", whole(), "CPU time in a period, in microseconds"),
  one("cpu-rt-period", "HostConfig.CpuRealtimePeriod", whole(), "Period of real-time scheduling, in microseconds"),
  one("cpu-rt-runtime", "HostConfig.CpuRealtimeRuntime", whole(), "Real-time scheduling in a period, in microseconds"),
  one("cpuset-cpus", "HostConfig.CpusetCpus", word, "CPUs it may use, such as 0-1"),
  one("cpuset-mems", "HostConfig.CpusetMems", word, "Memory nodes it may use"),
  one("pids-limit", "HostConfig.PidsLimit", whole(), "Most processes and threads; -1: no limit"),
  many("ulimit", "Limits of its processes, such as nofile=1024:2048", (values) =>
    // Of a limit that was given twice the last counts.
    at("HostConfig.Ulimits", [...new Map(values.map(ulimit).map((limit) => [limit.Name, limit])).values()]),
  ),
  one("shm-size", "HostConfig.ShmSize", bytes, "Size of /dev/shm"),
  one("blkio-weight", "HostConfig.BlkioWeight", whole(0, 1000), "Relative weight of block I/O"),
  list("blkio-weight-device", "HostConfig.BlkioWeightDevice", deviceRate("Weight", whole(0, 1000)), "The same of a device"),
  list("device-read-bps", "HostConfig.BlkioDeviceReadBps", deviceRate("Rate", bytes), "Most bytes a second read from a device"),
  list(
    "device-write-bps",
    "HostConfig.BlkioDeviceWriteBps",
    deviceRate("Rate", bytes),
    "Most bytes a second written to a device",
  ),
  list("device-read-iops", "HostConfig.BlkioDeviceReadIOps", deviceRate("Rate", whole(0)), "Most reads a second from a device"),
  list("device-write-iops", "HostConfig.BlkioDeviceWriteIOps", deviceRate("Rate", whole(0)), "Most writes a second to a device"),
  list("device", "HostConfig.Devices", device, "Device of the host, /dev/HOST[:/dev/CONTAINER][:rwm]"),
  list("device-cgroup-rule", "HostConfig.DeviceCgroupRules", word, "Rule for devices, such as 'c 10:* rwm'"),
  one("oom-score-adj", "HostConfig.OomScoreAdj", whole(-1000, 1000), "Score of the OOM killer"),
  toggle("oom-kill-disable", "Do not end its processes when memory runs out", (on) => at("HostConfig.OomKillDisable", on)),
  one("cgroup-parent", "HostConfig.CgroupParent", word, "Parent of its cgroup"),
];
