/** What `inspect` prints where nothing else is asked for: a section a part, as much of it as fits into one screen. */
import { count } from "../../research/text/count.ts";
import { hanging } from "../../research/text/screen/fit.ts";
import { atMost, linesOf, plain, renderScreen } from "../../research/text/screen/screen.ts";
import { fitted } from "../../research/text/screen/table.ts";
import type { Terminal } from "../../research/text/screen/terminal.ts";
import type { InspectOutput } from "./inspect-output.ts";
import { isUsualMount } from "./process/mounts.ts";

type Seen<T> = Exclude<T, { readonly unseen: string } | null>;
type Part = InspectOutput[keyof InspectOutput];

const LABEL = 14;
const MOST_LINES_OF_A_FACT = 2;

export function inspectScreen(output: InspectOutput, terminal: Terminal): string {
  const { columns } = terminal;
  const fact = (label: string, text: string): string[] =>
    hanging(`  ${label.padEnd(LABEL)}`, plain(text), columns, MOST_LINES_OF_A_FACT);
  const facts = factsOf(output).flatMap(([label, text]) => fact(label, text));
  const head = hanging("", plain(headline(output)), columns, 2);
  const unseen = unseenLines(output).flatMap((line) => hanging("  ! ", plain(line), columns, 2));
  const { image } = output.target;
  const more = ["--format json", "tierbench audit", `tierbench trace ${image}`];
  const last = hanging("  more: ", plain(more.join(" · ")), columns);
  const room = terminal.lines - linesOf([head, facts, unseen, last]) - 2;
  const tables = [callTable(output, columns), layerTable(output, columns), processTable(output, columns)];
  return renderScreen([head, ...shared(tables, room), facts, unseen, last], terminal);
}

/** Each has its heading, and its part of the lines that are left; what one does not need is the others'. */
function shared(tables: readonly (readonly string[])[], room: number): string[][] {
  let left = room;
  const filled = tables.filter(({ length }) => length > 0);
  return filled
    .toSorted((a, b) => a.length - b.length)
    .map((table, index, all) => {
      const own = Math.max(3, Math.floor((left - (all.length - index - 1)) / (all.length - index)));
      const lines = atMost(table, own, (more) => `  … ${count(more, "more line")}: --format json`);
      left -= lines.length + 1;
      return { table, lines };
    })
    .toSorted((a, b) => filled.indexOf(a.table) - filled.indexOf(b.table))
    .map(({ lines }) => lines);
}

function headline({ target, layers, processes }: InspectOutput): string {
  const size =
    seen(layers) === undefined
      ? ""
      : `, ${inBytes(seen(layers)?.bytes ?? 0)} in ${count(seen(layers)?.layers.length ?? 0, "layer")}`;
  if (target.kind === "image") return `Image ${target.name}${size}.`;
  const running = seen(processes);
  return `Container ${target.name} of ${target.image}${size}: ${target.state}${running === undefined ? "" : `, ${count(running.length, "process", "processes")}`}.`;
}

function layerTable({ layers }: InspectOutput, columns: number): string[] {
  const all = seen(layers);
  if (all === undefined || all.layers.length === 0) return [];
  const rows = all.layers.map(({ digest, bytes, files, hidden, made_by }, index) => [
    String(index + 1),
    digest.replace(/^sha256:/, "").slice(0, 12),
    inBytes(bytes),
    String(files),
    hidden.files === 0 ? "" : `${inBytes(hidden.bytes)} in ${hidden.files}`,
    plain(made_by ?? ""),
  ]);
  return fitted(
    [
      { title: "layer", align: "right" },
      { title: "digest", align: "left", drop: 1 },
      { title: "size", align: "right" },
      { title: "files", align: "right", drop: 2 },
      { title: "hides below", align: "left" },
      { title: "made by", align: "left", fills: [12, 60] },
    ],
    rows,
    columns,
  );
}

function processTable({ processes }: InspectOutput, columns: number): string[] {
  const all = seen(processes);
  if (all === undefined || all.length === 0) return [];
  return fitted(
    [
      { title: "pid", align: "right" },
      { title: "inside", align: "right" },
      { title: "user", align: "left" },
      { title: "capabilities", align: "left", drop: 1 },
      { title: "seccomp", align: "left", drop: 2 },
      { title: "gains", align: "left", drop: 3 },
      { title: "command", align: "left", fills: [10, 60] },
    ],
    all.map(({ pid, pid_inside, uid, gid, capabilities, seccomp, no_new_privileges, command, name }) => [
      String(pid),
      String(pid_inside),
      `${uid}:${gid}`,
      String(capabilities.effective.length),
      seccomp,
      no_new_privileges === null ? "" : no_new_privileges ? "no" : "yes",
      plain(command || name),
    ]),
    columns,
  );
}

function callTable({ system_calls }: InspectOutput, columns: number): string[] {
  const all = seen(system_calls);
  if (all === undefined) return [];
  const heading = `  system calls in ${all.seconds} s${all.lost === 0 ? "" : ` (${all.lost} events lost)`}`;
  if (all.calls.length === 0) return [`${heading}: none`];
  return [
    heading,
    ...fitted(
      [
        { title: "call", align: "left" },
        { title: "count", align: "right" },
        { title: "time, ms", align: "right" },
        { title: "ms each", align: "right" },
      ],
      all.calls.map(({ name, count: times, time_ns, timed }) => [
        name,
        String(times),
        (time_ns / 1e6).toFixed(3),
        timed === 0 ? "" : (time_ns / timed / 1e6).toFixed(4),
      ]),
      columns,
      4,
    ),
  ];
}

function factsOf(output: InspectOutput): [string, string][] {
  const facts: [string, string | undefined][] = [
    ["wasted", waste(output)],
    ["storage", storage(output)],
    ["namespaces", namespaces(output)],
    ["cgroup", cgroup(output)],
    ["capabilities", capabilities(output)],
    ["confinement", confinement(output)],
    ["mounts", mounts(output)],
    ["network", network(output)],
    ["page cache", pageCache(output)],
  ];
  return facts.flatMap(([label, text]): [string, string][] => (text === undefined ? [] : [[label, text]]));
}

function waste({ layers }: InspectOutput): string | undefined {
  const all = seen(layers);
  const [largest] = (all?.layers ?? []).flatMap(({ hidden }) => hidden.largest).toSorted((a, b) => b.bytes - a.bytes);
  if (all === undefined || largest === undefined) return undefined;
  return `${inBytes(all.wasted_bytes)} of files that later layers replace or remove; the largest is /${largest.path} (${inBytes(largest.bytes)}, layer ${largest.layer + 1})`;
}

function storage({ storage: part }: InspectOutput): string | undefined {
  const said = seen(part);
  if (said === undefined) return undefined;
  const written = said.written === null ? "" : `; written: ${count(said.written.files, "file")}, ${inBytes(said.written.bytes)}`;
  const upper = said.upper === null ? "" : `; upper ${said.upper}`;
  return `${said.driver}, ${count(said.lower.length, "lower folder")}${written}${upper}`;
}

function namespaces({ namespaces: part }: InspectOutput): string | undefined {
  const all = seen(part);
  if (all === undefined) return undefined;
  const own = all.filter(({ shared_with }) => shared_with.length === 0).map(({ kind }) => kind);
  const sharing = [...grouped(all)].map(([whom, kinds]) => `${kinds.join(", ")} with ${whom}`);
  return [own.length === 0 ? [] : [`its own: ${own.join(", ")}`], sharing].flat().join("; ");
}

function grouped(all: Seen<InspectOutput["namespaces"]>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { kind, shared_with } of all) {
    if (shared_with.length === 0) continue;
    const whom = shared_with.slice(0, 3).join(", ") + (shared_with.length > 3 ? ` and ${shared_with.length - 3} more` : "");
    groups.set(whom, [...(groups.get(whom) ?? []), kind]);
  }
  return groups;
}

function cgroup({ cgroup: part }: InspectOutput): string | undefined {
  const said = seen(part);
  if (said === undefined) return undefined;
  const { version, cpu, memory, processes, pressure } = said;
  const throttled = (cpu.throttled_periods ?? 0) > 0 ? `, throttled in ${cpu.throttled_periods} of ${cpu.periods} periods` : "";
  const waits = Object.entries(pressure).flatMap(([what, share]) => (share === null ? [] : `${what} ${share} %`));
  return [
    `version ${version}`,
    `CPU ${cpu.used_ns === null ? "?" : `${(cpu.used_ns / 1e9).toFixed(2)} s`}, ${cpu.limit === null ? "no limit" : `limit ${cpu.limit}`}${throttled}`,
    `memory ${memory.used_bytes === null ? "?" : inBytes(memory.used_bytes)} of ${memory.limit_bytes === null ? "no limit" : inBytes(memory.limit_bytes)}${(memory.oom_kills ?? 0) > 0 ? `, ${memory.oom_kills} killed for it` : ""}`,
    `processes ${processes.current ?? "?"} of ${processes.limit ?? "no limit"}`,
    ...(waits.length === 0 ? [] : [`waits: ${waits.join(", ")}`]),
  ].join("; ");
}

function capabilities({ processes }: InspectOutput): string | undefined {
  const first = seen(processes)?.[0];
  if (first === undefined) return undefined;
  const { effective, bounding, ambient } = first.capabilities;
  const said = effective.length === 0 ? "none effective" : `${effective.join(", ")}`;
  return `${said}; bounding ${bounding.length === 0 ? "none" : bounding.length}, ambient ${ambient.length === 0 ? "none" : ambient.join(", ")}`;
}

function confinement({ processes }: InspectOutput): string | undefined {
  const first = seen(processes)?.[0];
  if (first === undefined) return undefined;
  const gains = first.no_new_privileges === null ? "unknown" : first.no_new_privileges ? "on" : "off";
  return `seccomp ${first.seccomp}, no_new_privs ${gains}, ${first.confinement ?? "neither AppArmor nor SELinux"}`;
}

function mounts({ mounts: part }: InspectOutput): string | undefined {
  const all = seen(part);
  if (all === undefined) return undefined;
  const own = all.filter((mount) => !isUsualMount(mount));
  const said = own.map(({ point, type, root, options }) => `${point} (${type}${root === "/" ? "" : ` ${root}`}, ${options[0]})`);
  return `${said.join(", ")}; ${all.length - own.length} more that every container has`;
}

function network({ network: part }: InspectOutput): string | undefined {
  const said = seen(part);
  if (said === undefined) return undefined;
  const interfaces = seen(said.interfaces)?.map(
    ({ name, addresses, peer }) =>
      `${name} ${addresses.join(" ") || "without address"}${peer === null ? "" : ` (peer ${peer.name}${peer.bridge === null ? "" : ` on ${peer.bridge}`})`}`,
  );
  const published = said.published.map(({ port, address, host_port }) => `${port} at ${address}:${host_port}`);
  return [...(interfaces ?? []), published.length === 0 ? "nothing published" : `published: ${published.join(", ")}`].join("; ");
}

function pageCache({ page_cache }: InspectOutput): string | undefined {
  const said = seen(page_cache);
  if (said === undefined) return undefined;
  const { cached_bytes, file_bytes, shared_with, rss_bytes, pss_bytes } = said;
  const others = shared_with?.map(({ container, cached_bytes: shared }) => `${container} (${inBytes(shared)})`);
  return [
    `${inBytes(cached_bytes)} of ${inBytes(file_bytes)} of the layers' files are in memory`,
    sharing(others),
    ...(rss_bytes === null || pss_bytes === null ? [] : [`resident ${inBytes(rss_bytes)}, its share ${inBytes(pss_bytes)}`]),
  ].join("; ");
}

function sharing(others: readonly string[] | undefined): string {
  if (others === undefined) return "with whom they are shared, the engine does not tell";
  return others.length === 0 ? "shared with no running container" : `shared with ${others.join(", ")}`;
}

/** What was not seen, each reason once. */
function unseenLines({ network: net, ...output }: InspectOutput): string[] {
  const reasons = new Map<string, string[]>();
  const within = seen(net);
  for (const [name, part] of Object.entries({ ...output, network: net, interfaces: within?.interfaces ?? null })) {
    const reason = reasonOf(part as Part);
    if (reason !== undefined) reasons.set(reason, [...(reasons.get(reason) ?? []), name.replaceAll("_", " ")]);
  }
  return [...reasons].map(([reason, what]) => `${what.join(", ")}: ${reason}`);
}

function reasonOf(part: Part): string | undefined {
  return typeof part === "object" && part !== null && "unseen" in part ? part.unseen : undefined;
}

function seen<T>(part: T): Seen<T> | undefined {
  return part === null || (typeof part === "object" && part !== null && "unseen" in part) ? undefined : (part as Seen<T>);
}

/** Decimal, as Docker prints them. */
function inBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  const power = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  return `${power === 0 ? value : value < 100 ? value.toFixed(1) : value.toFixed(0)} ${units[power]}`;
}
