import width from "string-width";
import { describe, expect, test } from "vitest";
import type { InspectOutput } from "./inspect-output.ts";
import { inspectScreen } from "./inspect-screen.ts";

const capabilities = (effective: readonly string[]) => ({
  ...{ effective, permitted: effective, inheritable: [], ambient: [] },
  bounding: ["CHOWN", "NET_BIND_SERVICE", ...effective],
});
const process = (pid: number, command: string): Extract<InspectOutput["processes"], readonly unknown[]>[number] => ({
  ...{ pid, ppid: 1, pid_inside: pid - 4000, uid: 101, gid: 101, threads: 1, name: "nginx", command, seccomp: "filter" },
  ...{ capabilities: capabilities(["NET_BIND_SERVICE"]), seccomp_filters: 1, no_new_privileges: true, confinement: null },
});
const layer = (index: number, hidden = { files: 0, bytes: 0 }) => ({
  ...{
    digest: `sha256:${String(index).repeat(64)}`,
    made_by: `RUN step ${index} of the build`,
    files: 10 * index,
    bytes: 10 ** index,
  },
  hidden: { ...hidden, largest: hidden.files === 0 ? [] : [{ path: "var/lib/apt/lists/x", bytes: hidden.bytes, layer: 0 }] },
});

const WEB: InspectOutput = {
  schema: 1,
  target: {
    kind: "container",
    id: "c".repeat(64),
    name: "web",
    image: "nginx:1.27",
    state: "running",
    started: "2026-11-26T12:00:00Z",
  },
  layers: {
    read_from: "folders",
    layers: [layer(7), layer(5, { files: 3, bytes: 81_234 }), layer(3)],
    bytes: 10_101_000,
    wasted_bytes: 81_234,
  },
  storage: {
    driver: "overlay2",
    lower: ["/v/1/diff", "/v/2/diff"],
    upper: "/v/3/diff",
    work: "/v/3/work",
    merged: "/v/3/merged",
    written: { files: 2, bytes: 4_100 },
  },
  processes: [process(4001, "nginx: master process nginx -g daemon off;"), process(4030, "nginx: worker process")],
  namespaces: [
    { kind: "mnt", inode: 1, shared_with: [] },
    { kind: "net", inode: 2, shared_with: ["sidecar"] },
    { kind: "user", inode: 3, shared_with: ["host", "sidecar", "db", "cache", "queue"] },
  ],
  cgroup: {
    ...{ version: 2, folder: "/sys/fs/cgroup/docker/c" },
    cpu: { used_ns: 12_345_000_000, limit: 0.5, periods: 100, throttled_periods: 12, throttled_ns: 9 },
    memory: { used_bytes: 12_000_000, peak_bytes: 20_000_000, limit_bytes: 67_108_864, oom_kills: 0 },
    ...{ processes: { current: 2, limit: 100 }, pressure: { cpu: 1.5, memory: 0, io: 0 } },
  },
  mounts: [
    { point: "/", type: "overlay", source: "overlay", root: "/", options: ["ro", "relatime"], propagation: null },
    { point: "/proc", type: "proc", source: "proc", root: "/", options: ["rw"], propagation: null },
    { point: "/data", type: "ext4", source: "/dev/sda1", root: "/srv/data", options: ["rw"], propagation: null },
  ],
  network: {
    interfaces: [
      {
        name: "eth0",
        kind: "veth",
        mac: null,
        mtu: 1500,
        state: "UP",
        addresses: ["172.17.0.2/16"],
        peer: { name: "veth1a2b", bridge: "docker0" },
      },
    ],
    published: [{ port: "80/tcp", address: "127.0.0.1", host_port: "8080" }],
  },
  page_cache: {
    file_bytes: 10_101_000,
    cached_bytes: 4_000_000,
    shared_with: [{ container: "sidecar", cached_bytes: 4_000_000 }],
    rss_bytes: 9_000_000,
    pss_bytes: 5_500_000,
  },
  system_calls: null,
};

function oneScreen(output: InspectOutput, columns: number): string {
  const text = inspectScreen(output, { columns, lines: 40, unicode: true, colour: false });
  const lines = text.split("\n").slice(0, -1);
  expect(lines.filter((line) => width(line) > columns)).toEqual([]);
  expect(lines.length).toBeLessThanOrEqual(40);
  return text;
}

describe("the screen of inspect", () => {
  test("has a line a layer, a process and a fact", async () => {
    await expect(oneScreen(WEB, 80)).toMatchFileSnapshot("../../scripts/fixtures/screens/golden/inspect.container.txt");
  });

  test("of an image says of each other part nothing, and why once", () => {
    const unseen = { unseen: "an image has none: inspect a container of it" };
    const image: InspectOutput = {
      ...{ ...WEB, target: { ...WEB.target, kind: "image", state: null, started: null } },
      ...{ processes: unseen, namespaces: unseen, cgroup: unseen, mounts: unseen, network: unseen },
    };
    const text = oneScreen(image, 80);
    expect(text.match(/an image has none/g)).toHaveLength(1);
  });

  test.each([40, 80, 120])("is one of %i columns, whatever there is, and no stranger's character moves the cursor", (columns) => {
    const many: InspectOutput = {
      ...WEB,
      target: { ...WEB.target, name: "x\u001b[31mname" },
      layers: {
        read_from: "export",
        layers: Array.from({ length: 60 }, (_, index) => layer(index % 9, { files: 1, bytes: 9 })),
        bytes: 1,
        wasted_bytes: 9,
      },
      processes: Array.from({ length: 300 }, (_, index) => process(4001 + index, `worker ${index} \u0007${"y".repeat(300)}`)),
      mounts: Array.from({ length: 90 }, (_, index) => ({
        point: `/m/${index}`,
        type: "ext4",
        source: "x",
        root: "/",
        options: ["rw"],
        propagation: null,
      })),
      system_calls: {
        seconds: 10,
        lost: 3,
        calls: Array.from({ length: 80 }, (_, index) => ({ name: `call${index}`, count: 5, time_ns: 9e6, timed: 5 })),
      },
    };
    const text = oneScreen(many, columns);
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    expect(text).toContain("more lines: --format json");
  });
});
