/** `inspect` on a real engine: what is told is what was made, and nothing is changed by looking. */
import { readdirSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OWNER_LABEL, owner, ownerToken } from "../benchmarks/edges/host/owner.ts";
import { commitLayer } from "../benchmarks/edges/images/image-store.ts";
import { foldersHere, inspectedImage, namedFolders, readLayers } from "../benchmarks/edges/inspect/read-layers.ts";
import type { InspectOutput } from "../benchmarks/inspect/inspect-output.ts";
import { openProxy } from "../benchmarks/testing/proxy.ts";
import { type Ended, errorLines, tierbenchHere } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";
import { engineState } from "./testing/engine-state.ts";

const { found } = engineAndFolder("inspect");
const LAYERS = "tierbench/inspect-layers";
const IMAGE = `${LAYERS}:2`;
const signal = new AbortController().signal;
const ids: string[] = [];

/** Reads and writes for ever, in a process of its own each time. */
const LOOP = "while :; do date >/tmp/now; sleep 0.05; done";

async function start(name: string, config: object, HostConfig: object): Promise<string> {
  const container = await found.engine.docker.createContainer({
    ...{ name: `tierbench-inspect-${name}`, Image: IMAGE, Cmd: ["sh", "-c", LOOP], Labels: { [OWNER_LABEL]: owner } },
    ...{ ...config, HostConfig },
  });
  ids.push(container.id);
  await container.start();
  return container.id;
}

beforeAll(async () => {
  const { docker } = found.engine;
  const layer = (from: string, tag: string, command: string) =>
    commitLayer(
      docker,
      { name: "inspect-layers", from, command: ["sh", "-c", command] },
      { reference: `${LAYERS}:${tag}`, owner },
      signal,
    );
  await layer(found.small, "1", "mkdir /d && dd if=/dev/zero of=/d/a bs=1000 count=70 && echo 12345 >/d/b && ln /d/b /d/c");
  await layer(`${LAYERS}:1`, "2", "echo new >/d/a; rm /d/b /d/c; mkdir /e; echo e >/e/e");
  await start(
    "web",
    { User: "1000:1000", ExposedPorts: { "80/tcp": {} } },
    {
      ...{ CapDrop: ["ALL"], SecurityOpt: ["no-new-privileges"], ReadonlyRootfs: true, Tmpfs: { "/tmp": "noexec" }, Init: false },
      ...{ Memory: 32 << 20, PidsLimit: 20, NanoCpus: 5e8, PortBindings: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "" }] } },
    },
  );
  await start("beside", { Env: ["A=b"] }, { NetworkMode: "container:tierbench-inspect-web", CapAdd: ["NET_ADMIN"] });
});
afterAll(async () => {
  const { docker } = found.engine;
  for (const id of ids) await docker.getContainer(id).remove({ force: true, v: true });
  for (const tag of ["2", "1"]) await docker.getImage(`${LAYERS}:${tag}`).remove();
});

const run = (...args: string[]): Promise<Ended> => tierbenchHere(["inspect", ...args, "--engine", found.url]);
async function inspected(...args: string[]): Promise<InspectOutput> {
  const { code, stdout, stderr } = await run(...args, "--format", "json");
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as InspectOutput;
}
function seen<T>(part: T): Exclude<T, { readonly unseen: string } | null> {
  if (part === null || (typeof part === "object" && part !== null && "unseen" in part)) throw new Error(JSON.stringify(part));
  return part as never;
}

describe("inspect of an image", () => {
  it("tells each layer, what it hides, and the same from folders and from the export", async () => {
    const { layers: part, page_cache } = await inspected(IMAGE);
    const { layers, wasted_bytes } = seen(part);
    expect(layers.map(({ files, bytes }) => [files, bytes]).slice(-2)).toEqual([
      [3, 70_006],
      [2, 6],
    ]);
    expect(layers.at(-1)?.hidden).toEqual({
      files: 3,
      bytes: 70_006,
      largest: expect.arrayContaining([{ path: "d/a", bytes: 70_000, layer: layers.length - 2 }]),
    });
    expect(layers.at(-1)?.made_by).toContain("echo new");
    expect(wasted_bytes).toBe(70_006);
    expect(seen(page_cache).file_bytes).toBeGreaterThan(70_000);
    expect(seen(page_cache).cached_bytes).toBeLessThanOrEqual(seen(page_cache).file_bytes);
    const { docker } = found.engine;
    const image = inspectedImage.parse(await docker.getImage(IMAGE).inspect());
    const folders = foldersHere(namedFolders(image.GraphDriver?.Data ?? {}, false));
    const [here, exported] = [await readLayers(docker, image, folders), await readLayers(docker, image, undefined)];
    expect([here.read_from, exported.read_from]).toEqual(["folders", "export"]);
    // Which name of a file counts its bytes differs.
    const told = ({ layers: all }: typeof here) =>
      all.map(({ digest, files, bytes, hidden }) => ({
        digest,
        files,
        bytes,
        hidden: { files: hidden.files, bytes: hidden.bytes },
      }));
    expect(told(exported)).toEqual(told(here));
  });
});

describe("inspect of a container", () => {
  it("tells what confines it, whom it shares with, and changes nothing", async () => {
    const before = await engineState(found.engine.docker);
    const output = await inspected("tierbench-inspect-web");
    expect(await engineState(found.engine.docker)).toEqual(before);
    const [first] = seen(output.processes);
    expect(first).toMatchObject({
      ...{ pid_inside: 1, uid: 1000, gid: 1000, name: "sh", command: `sh -c ${LOOP}` },
      ...{ seccomp: "filter", no_new_privileges: true },
      capabilities: { effective: [], permitted: [], bounding: [], ambient: [] },
    });
    const shared = Object.fromEntries(seen(output.namespaces).map(({ kind, shared_with }) => [kind, shared_with]));
    expect(shared).toMatchObject({
      mnt: [],
      pid: [],
      ipc: [],
      uts: [],
      net: ["tierbench-inspect-beside"],
      user: expect.arrayContaining(["tierbench-inspect-beside"]),
    });
    expect(seen(output.cgroup)).toMatchObject({
      cpu: { limit: 0.5 },
      memory: { limit_bytes: 32 << 20 },
      processes: { limit: 20 },
    });
    expect(seen(output.mounts)).toContainEqual(
      expect.objectContaining({ point: "/tmp", type: "tmpfs", options: expect.arrayContaining(["noexec"]) }),
    );
    const network = seen(output.network);
    expect(seen(network.interfaces).find(({ name }) => name === "eth0")).toMatchObject({
      addresses: [expect.stringMatching(/^172\./)],
      peer: { name: expect.stringMatching(/^veth/), bridge: "docker0" },
    });
    expect(network.published).toEqual([{ port: "80/tcp", address: "127.0.0.1", host_port: expect.stringMatching(/^\d+$/) }]);
    const cache = seen(output.page_cache);
    expect(cache.shared_with?.map(({ container }) => container)).toEqual(["tierbench-inspect-beside"]);
    expect(cache.pss_bytes).toBeGreaterThan(0);
    expect(cache.rss_bytes).toBeGreaterThanOrEqual(cache.pss_bytes ?? 0);
    expect(seen(output.storage).written).toEqual({ files: 0, bytes: 0 });
    expect(output.system_calls).toBeNull();
    const beside = await inspected(ids[1] as string);
    expect(seen(beside.processes)[0]?.capabilities.effective).toEqual(expect.arrayContaining(["NET_ADMIN", "CHOWN"]));
    // It writes to its own root, the other to memory; the first time soon after its start.
    const written = async () => seen((await inspected(ids[1] as string)).storage).written?.files;
    await expect.poll(written, { timeout: 20_000 }).toBe(1);
  });

  it("counts the system calls of its processes and of those that they start, for as long as was asked", async () => {
    const { seconds, calls, lost } = seen((await inspected("tierbench-inspect-web", "--syscalls", "1s")).system_calls);
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(lost).toBe(0);
    const named = new Map(calls.map((call) => [call.name, call]));
    const sleep = named.get("clock_nanosleep") ?? named.get("nanosleep");
    expect(sleep?.count).toBeGreaterThan(2);
    // Each sleeps for 50 ms.
    expect((sleep?.time_ns ?? 0) / (sleep?.timed ?? 1)).toBeGreaterThan(49e6);
    expect(named.get("execve")?.count).toBeGreaterThan(2);
  });

  it("is one screen", async () => {
    const { code, stdout } = await run("tierbench-inspect-web", "--syscalls", "200ms");
    expect(code).toBe(0);
    expect(stdout.split("\n").length - 1).toBeLessThanOrEqual(40);
    expect(stdout).toMatch(/^Container tierbench-inspect-web of tierbench\/inspect-layers:2, /);
    expect(stdout).toMatch(/its own: (cgroup, )?ipc, mnt, pid/);
  });

  it("says of what it cannot see why not: a container that does not run, one that ends, an engine elsewhere", async () => {
    const id = await start("ends", { Cmd: ["sh", "-c", `trap 'exit 0' TERM; ${LOOP}`] }, {});
    const [output] = await Promise.all([
      inspected(id, "--syscalls", "1500ms"),
      // While its system calls are recorded.
      expect
        .poll(() => readdirSync("/sys/kernel/tracing/instances").filter((name) => name.includes(ownerToken)), { timeout: 30_000 })
        .not.toEqual([])
        .then(() => setTimeout(500))
        .then(() => found.engine.docker.getContainer(id).kill()),
    ]);
    expect(seen(output.system_calls).calls.length).toBeGreaterThan(0);
    const over = await inspected(id);
    expect(over.target.state).toBe("exited");
    expect([over.processes, over.cgroup, over.mounts]).toEqual(
      Array.from({ length: 3 }, () => ({ unseen: "the container does not run (exited)" })),
    );
    expect(seen(over.layers).layers.length).toBeGreaterThan(2);
    await using proxy = await openProxy(found.url.slice("unix://".length));
    const far = await tierbenchHere([
      "inspect",
      ids[0] as string,
      "--format",
      "json",
      "--engine",
      `tcp://127.0.0.1:${proxy.port}`,
    ]);
    const remote = JSON.parse(far.stdout) as InspectOutput;
    expect(remote.processes).toEqual({ unseen: expect.stringContaining("run tierbench there") });
    expect(seen(remote.layers).read_from).toBe("export");
    const none = await run("no-such-thing");
    expect(none.code).toBe(1);
    // It has no process to watch, and does not pretend to.
    const small = await tierbenchHere(["inspect", "small", "--syscalls", "1s", "--engine", found.url]);
    expect([small.code, small.stdout.split("\n")[0]]).toEqual([0, expect.stringMatching(/^Image tierbench\/small:1, /)]);
    expect(small.stderr).toBe("");
    expect(small.stdout.replaceAll(/\s+/g, " ")).toContain("system calls, network: an image has none: inspect a container of it");
    expect(errorLines(none)).toEqual(['tierbench: the engine has neither a container nor an image "no-such-thing"']);
    expect((await run(IMAGE, "--syscalls", "soon")).code).toBe(2);
  });
});
