/** What `inspect` prints as JSON; its schema is published. */
import * as z from "zod";
import { NAMESPACE_KINDS } from "./process/namespaces.ts";

const count = z.int().nonnegative();
const bytes = count;
const names = z.array(z.string()).readonly();

/** A part that could be looked at, or why not. */
const part = <T extends z.ZodType>(seen: T) => z.union([seen, z.object({ unseen: z.string().describe("why it is not known") })]);

const layer = z.object({
  digest: z.string().describe("of its content, uncompressed"),
  made_by: z.string().nullable().describe("the step of the build; null where it cannot be told"),
  files: count,
  bytes,
  hidden: z
    .object({ files: count, bytes, largest: z.array(z.object({ path: z.string(), bytes, layer: count })).readonly() })
    .describe("files of layers below that this one replaces or removes: their bytes stay in the image"),
});

const layers = z.object({
  read_from: z
    .enum(["folders", "export"])
    .describe("the engine's folders on this machine, or the image as the engine exports it"),
  layers: z.array(layer).readonly().describe("the bottom one first"),
  bytes,
  wasted_bytes: bytes.describe("of files that no container of it sees"),
});

const storage = z.object({
  driver: z.string(),
  lower: names.describe("folders of the layers, the topmost first, as the engine sees them"),
  upper: z.string().nullable().describe("what a container writes goes there"),
  work: z.string().nullable(),
  merged: z.string().nullable(),
  written: z
    .object({ files: count, bytes })
    .nullable()
    .describe("by the container so far; null of an image, or where it cannot be read"),
});

const capabilities = z.object({ effective: names, permitted: names, inheritable: names, bounding: names, ambient: names });

const process = z.object({
  pid: count.describe("as the host numbers it"),
  ppid: count,
  pid_inside: count.describe("in the container"),
  uid: count.describe("effective, as the host numbers it"),
  gid: count,
  threads: count,
  name: z.string(),
  command: z.string().describe("its words, as it was started or as it calls itself"),
  capabilities,
  seccomp: z.enum(["disabled", "strict", "filter", "unknown"]),
  seccomp_filters: count.nullable(),
  no_new_privileges: z.boolean().nullable(),
  confinement: z.string().nullable().describe("label of AppArmor or SELinux; null where the kernel has neither"),
});

const namespace = z.object({
  kind: z.enum(NAMESPACE_KINDS),
  inode: count,
  shared_with: names.describe("host, engine (dockerd, where it has its own), and containers by name"),
});

const maybe = z.number().nullable();
const cgroup = z.object({
  version: z.union([z.literal(1), z.literal(2)]),
  folder: z.string(),
  cpu: z.object({
    used_ns: maybe,
    limit: maybe.describe("CPUs; null without a limit"),
    periods: maybe,
    throttled_periods: maybe,
    throttled_ns: maybe,
  }),
  memory: z.object({ used_bytes: maybe, peak_bytes: maybe, limit_bytes: maybe, oom_kills: maybe }),
  processes: z.object({ current: maybe, limit: maybe }),
  pressure: z
    .object({ cpu: maybe, memory: maybe, io: maybe })
    .describe("share of the last 10 s in which some task waited, in percent; null in version 1"),
});

const mount = z.object({
  point: z.string(),
  type: z.string(),
  source: z.string(),
  root: z.string().describe("the part of the source that is mounted"),
  options: names,
  propagation: z.string().nullable().describe("null: private"),
});

const networkInterface = z.object({
  name: z.string(),
  kind: z.string().nullable(),
  mac: z.string().nullable(),
  mtu: count.nullable(),
  state: z.string().nullable(),
  addresses: names,
  peer: z
    .object({ name: z.string(), bridge: z.string().nullable() })
    .nullable()
    .describe("other end of a veth pair, on the engine's side"),
});

const pageCache = z.object({
  file_bytes: bytes.describe("of the files of the layers"),
  cached_bytes: bytes.describe("how much of them is in memory, once for all that use them"),
  shared_with: z
    .array(z.object({ container: z.string(), cached_bytes: bytes }))
    .readonly()
    .nullable()
    .describe("running containers on the same layers; null where the engine does not tell their folders"),
  rss_bytes: bytes.nullable().describe("resident pages of its processes, each counted whole"),
  pss_bytes: bytes.nullable().describe("the same, each counted by its share"),
});

const calls = z.object({
  seconds: z.number(),
  lost: count.describe("events that the kernel dropped"),
  calls: z
    .array(z.object({ name: z.string(), count, time_ns: count.describe("waiting included"), timed: count }))
    .readonly()
    .describe("the longest in all first"),
});

export const INSPECT_SCHEMA = 1;
export const inspectOutput = z.object({
  schema: z.literal(INSPECT_SCHEMA).describe("rises when a field changes its name, place or meaning"),
  target: z.object({
    kind: z.enum(["container", "image"]),
    id: z.string(),
    name: z.string(),
    image: z.string().describe("as the container names it"),
    state: z.string().nullable().describe("of a container, as running; null of an image"),
    started: z.string().nullable(),
  }),
  layers: part(layers),
  storage: part(storage),
  processes: part(z.array(process).readonly()),
  namespaces: part(z.array(namespace).readonly()).describe("of its first process"),
  cgroup: part(cgroup),
  mounts: part(z.array(mount).readonly()).describe("as its first process sees them"),
  network: part(
    z.object({
      interfaces: part(z.array(networkInterface).readonly()),
      published: z.array(z.object({ port: z.string(), address: z.string(), host_port: z.string() })).readonly(),
    }),
  ),
  page_cache: part(pageCache),
  system_calls: part(calls).nullable().describe("with --syscalls; else null"),
});
export type InspectOutput = Readonly<z.infer<typeof inspectOutput>>;
