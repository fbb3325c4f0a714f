/** What was measured, and on what, as a reader sees it before any number. */
import { programsOf, type Session } from "../../research/manifest.ts";
import { type Block, left, right } from "../format/document/document.ts";
import { count } from "../samples/numbers.ts";
import type { Platform, Source, StudyPlatform } from "../subjects/platform.ts";

/** Under the platform's name: its sessions' machine and engine, and its images; or what a folder of the study's holds. */
export const describePlatform = (source: Source): Block[] => [
  { kind: "heading", text: source.label },
  ...("manifest" in source ? ours(source) : study(source)),
];

const ours = ({ manifest: { sessions } }: Platform): Block[] => [
  {
    kind: "table",
    caption: "Machine and engine, session by session",
    columns: [left("what"), ...sessions.map(({ session }) => left(`session ${session}`))],
    rows: facts(sessions),
  },
  {
    kind: "table",
    caption: "Images",
    columns: [left("image"), left("reference"), right("MB"), left("digest")],
    rows: [
      ...new Map(sessions.flatMap(({ images }) => images.map((image) => [JSON.stringify(image), image] as const))).values(),
    ].map(({ name, reference, size_bytes, digest }) => [name, reference, (size_bytes / 1e6).toFixed(1), digest]),
  },
];

const FACTS: Readonly<Record<string, (session: Session) => string>> = {
  measured: ({ started, ended, ending }) =>
    `${started} to ${ended ?? "?"}${ending === "complete" ? "" : ` (${ending ?? "killed"})`}`,
  starts: ({ iterations: { warm, cold }, command }) =>
    warm + cold === 0 ? "none" : `${warm} warm, ${cold} cold of each image, running ${command.join(" ")}`,
  "other experiments": ({ experiments = [] }) =>
    experiments
      .filter(({ name }) => name !== "startup")
      .map(({ name, iterations }) => `${name} (${iterations})`)
      .join(", ") || "none",
  "programs of the ladder": (session) => programsOf(session) ?? "not run",
  system: ({ host }) => `${host.os}, kernel ${host.kernel}, ${host.architecture}`,
  processor: ({ host }) => `${host.cpu_count} × ${host.cpu}${host.governor === null ? "" : `, governor ${host.governor}`}`,
  memory: ({ host }) => `${(host.memory_bytes / 2 ** 30).toFixed(1)} GiB`,
  virtualisation: ({ host }) => host.virtualisation ?? "none seen",
  "cgroup version": ({ host }) => host.cgroup_version,
  engine: ({ engine }) => `${engine.server}, ${engine.private ? "private to this run" : "the user's own"}`,
  "OCI runtime": ({ engine }) => `${engine.runtime} ${engine.components[engine.runtime] ?? ""}`.trim(),
  containerd: ({ engine }) => engine.components.containerd ?? "?",
  storage: ({ engine: { storage_driver, storage } }) => `${storage_driver} on ${storage.file_system ?? "an unknown file system"}`,
  network: ({ engine }) => engine.network.mode,
  probe: ({ probe }) => `${probe.name}, ${probe.clock}, each time within ${probe.clock_error_ns / 1000} µs`,
  "load before and after": ({ load_before, load_after }) =>
    [load_before, load_after].map((load) => (load === null ? "?" : load[0].toFixed(2))).join(", "),
};

const facts = (sessions: readonly Session[]): string[][] =>
  Object.entries(FACTS).map(([name, of]) => [name, ...sessions.map(of)]);

const study = ({ files, facts, began, run_seconds }: StudyPlatform): Block[] => {
  const notes = [
    ...(began === null ? [] : [["measured", `from ${began}${run_seconds === null ? "" : `, for ${duration(run_seconds)}`}`]]),
    ...Object.entries(facts),
  ];
  return [
    {
      kind: "paragraph",
      text: [
        "A folder in the study's format. Its files say nothing of images' digests and of seeds",
        notes.length > 0 ? "." : ", and there are no notes on the machine (platform-info.txt).",
      ],
    },
    ...(notes.length === 0
      ? []
      : [
          {
            kind: "table" as const,
            caption: "Machine and engine, as its notes have it (platform-info.txt)",
            columns: [left("what"), left("noted")],
            rows: notes,
          },
        ]),
    {
      kind: "table",
      caption: "Files",
      columns: [left("file"), left("experiment"), left("holds")],
      rows: files.map(({ file, experiment, content }) => [
        ...[file, experiment],
        "problem" in content ? content.problem : count(content.rows, "row"),
      ]),
    },
  ];
};

const duration = (seconds: number): string => `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
