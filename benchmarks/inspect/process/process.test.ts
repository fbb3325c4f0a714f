import { describe, expect, test } from "vitest";
import { capabilityNames } from "./capabilities.ts";
import { cgroupState } from "./cgroup-state.ts";
import { networkInterfaces } from "./links.ts";
import { isUsualMount, readMounts } from "./mounts.ts";
import { inodeOf, sharedNamespaces } from "./namespaces.ts";
import { readProcessStatus } from "./process-status.ts";

test("masks of capabilities are decoded: Docker's usual ones, all of Linux 6, and a bit that is newer", () => {
  // capsh --decode=00000000a80425fb
  expect(
    capabilityNames("00000000a80425fb")
      .map((name) => `cap_${name.toLowerCase()}`)
      .join(","),
  ).toBe(
    "cap_chown,cap_dac_override,cap_fowner,cap_fsetid,cap_kill,cap_setgid,cap_setuid,cap_setpcap,cap_net_bind_service,cap_net_raw,cap_sys_chroot,cap_mknod,cap_audit_write,cap_setfcap",
  );
  expect(capabilityNames("000001ffffffffff")).toHaveLength(41);
  expect(capabilityNames("0000000000000000")).toEqual([]);
  expect(capabilityNames("0000020000000000")).toEqual(["capability 41"]);
});

const STATUS = `Name:	nginx
Umask:	0022
State:	S (sleeping)
Pid:	4711
PPid:	4690
NSpid:	4711	7
Uid:	100101	100102	100101	100101
Gid:	101	102	101	101
Threads:	3
CapInh:	0000000000000000
CapPrm:	0000000000000400
CapEff:	0000000000000400
CapBnd:	00000000a80425fb
CapAmb:	0000000000000000
NoNewPrivs:	1
Seccomp:	2
Seccomp_filters:	1
`;

test("the status of a process is read, and what older kernels leave out is not known", () => {
  expect(readProcessStatus(STATUS)).toMatchObject({
    ...{ name: "nginx", ppid: 4690, pidInside: 7, uid: 100102, gid: 102, threads: 3 },
    capabilities: { effective: ["NET_BIND_SERVICE"], ambient: [], inheritable: [] },
    ...{ seccomp: "filter", seccompFilters: 1, noNewPrivileges: true },
  });
  const old = STATUS.replace(/^(Seccomp.*|NoNewPrivs|CapAmb|NSpid):.*\n/gm, "");
  expect(readProcessStatus(old)).toMatchObject({
    ...{ seccomp: "unknown", seccompFilters: null, noNewPrivileges: null, pidInside: 4711 },
  });
  expect(() => readProcessStatus("Name: x")).toThrow("has no PPid");
});

test("a namespace is shared with whoever has the same inode", () => {
  const others = new Map([
    ["host", { net: 1, user: 9 }],
    ["db", { net: 5, pid: 3 }],
  ]);
  expect(sharedNamespaces({ net: 5, pid: 4, user: 9 }, others)).toEqual([
    { kind: "net", inode: 5, shared_with: ["db"] },
    { kind: "pid", inode: 4, shared_with: [] },
    { kind: "user", inode: 9, shared_with: ["host"] },
  ]);
  expect(inodeOf("net:[4026531840]")).toBe(4026531840);
  expect(inodeOf("/elsewhere")).toBeUndefined();
});

test("mounts are read with their options, and those that every container has are told apart", () => {
  const mounts = readMounts(`100 99 0:50 / / ro,relatime master:20 - overlay overlay rw,lowerdir=/a:/b,upperdir=/c,workdir=/d
101 100 0:51 / /proc rw,nosuid,nodev,noexec - proc proc rw
102 100 8:1 /srv/a\\040b /data ro,relatime shared:5 - ext4 /dev/sda1 rw
103 100 8:1 /x/hosts /etc/hosts rw - ext4 /dev/sda1 rw
not a line`);
  expect(mounts).toHaveLength(4);
  expect(mounts[0]).toEqual({
    point: "/",
    type: "overlay",
    source: "overlay",
    root: "/",
    options: ["ro", "relatime"],
    propagation: "slave",
  });
  expect(mounts[2]).toMatchObject({ point: "/data", root: "/srv/a b", propagation: "shared" });
  expect(mounts.filter(isUsualMount).map(({ point }) => point)).toEqual(["/proc", "/etc/hosts"]);
});

describe("a cgroup", () => {
  const look = (files: Readonly<Record<string, string>>) => (path: string) => files[path];

  test("of version 2 has limits, use, throttling and pressure", () => {
    const files = {
      "/c/cpu.max": "50000 100000\n",
      "/c/cpu.stat": "usage_usec 1500\nuser_usec 1000\nnr_periods 10\nnr_throttled 4\nthrottled_usec 200\n",
      "/c/memory.current": "4096\n",
      "/c/memory.max": "max\n",
      "/c/memory.events": "low 0\noom 2\noom_kill 1\n",
      "/c/pids.current": "3\n",
      "/c/pids.max": "100\n",
      "/c/cpu.pressure": "some avg10=1.25 avg60=0.50 avg300=0.10 total=99\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n",
    };
    expect(cgroupState(look(files), new Map([["", "/c"]]))).toEqual({
      version: 2,
      cpu: { used_ns: 1_500_000, limit: 0.5, periods: 10, throttled_periods: 4, throttled_ns: 200_000 },
      memory: { used_bytes: 4096, peak_bytes: null, limit_bytes: null, oom_kills: 1 },
      processes: { current: 3, limit: 100 },
      pressure: { cpu: 1.25, memory: null, io: null },
    });
  });

  test("of version 1 has the same without pressure, its largest number is no limit, and a hybrid is version 1", () => {
    const files = {
      "/cpu/cpu.cfs_quota_us": "-1",
      "/cpu/cpu.cfs_period_us": "100000",
      "/cpu/cpu.stat": "nr_periods 0\nnr_throttled 0\nthrottled_time 0\n",
      "/cpu/cpuacct.usage": "77\n",
      "/m/memory.usage_in_bytes": "10",
      "/m/memory.limit_in_bytes": "9223372036854771712",
      "/m/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n",
      "/p/pids.current": "1",
      "/p/pids.max": "max",
    };
    const folders = new Map(Object.entries({ cpu: "/cpu", cpuacct: "/cpu", memory: "/m", pids: "/p", "": "/unified" }));
    expect(cgroupState(look(files), folders)).toEqual({
      version: 1,
      cpu: { used_ns: 77, limit: null, periods: 0, throttled_periods: 0, throttled_ns: 0 },
      memory: { used_bytes: 10, peak_bytes: null, limit_bytes: null, oom_kills: 2 },
      processes: { current: 1, limit: null },
      pressure: { cpu: null, memory: null, io: null },
    });
  });
});

test("the other end of a veth is the interface whose numbers match both ways", () => {
  const link = (ifindex: number, ifname: string, more: object) => ({ ifindex, ifname, operstate: "UP", mtu: 1500, ...more });
  const veth = { linkinfo: { info_kind: "veth" } };
  const inside = JSON.stringify([
    {},
    link(1, "lo", { addr_info: [{ local: "127.0.0.1", prefixlen: 8 }] }),
    link(7, "eth0", {
      ...veth,
      link_index: 8,
      address: "02:42:ac:11:00:02",
      addr_info: [{ local: "172.17.0.2", prefixlen: 16 }],
    }),
  ]);
  const outside = JSON.stringify([
    link(3, "docker0", { linkinfo: { info_kind: "bridge" } }),
    link(8, "veth1", { ...veth, link_index: 7, master: "docker0" }),
    link(9, "veth2", { ...veth, link_index: 5, master: "docker0" }),
  ]);
  const [lo, eth0] = networkInterfaces(inside, outside);
  expect(lo).toEqual({ name: "lo", kind: null, mac: null, mtu: 1500, state: "UP", addresses: ["127.0.0.1/8"], peer: null });
  expect(eth0).toMatchObject({
    mac: "02:42:ac:11:00:02",
    addresses: ["172.17.0.2/16"],
    peer: { name: "veth1", bridge: "docker0" },
  });
  expect(networkInterfaces(inside, undefined)[1]?.peer).toBeNull();
  expect(() => networkInterfaces("{}", undefined)).toThrow();
});
