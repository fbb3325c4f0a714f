/** What is measured, how often and in which words. The reasons are in method/protocol.md. */
import { type Milliseconds, milliseconds } from "./units.ts";

export const MODES = ["warm", "cold"] as const;
/** `cold`: the host's page cache was dropped just before the start, and on the client's own machine seen to be dropped. */
export type Mode = (typeof MODES)[number];

export const OUTCOMES = ["ok", "timeout", "failed", "probe-lost"] as const;
/**
 * `probe-lost`: the start succeeded but its timeline cannot be trusted: the kernel dropped events, or its clock could not
 * be mapped to the client's.
 */
export type Outcome = (typeof OUTCOMES)[number];

export const PROBES = ["tracefs", "sidecar", "events"] as const;
export type Probe = (typeof PROBES)[number];
/** What ends a start and bounds its phases: both kernel probes see the same events, and differ in their error bounds alone. */
export const seenBy = (probe: Probe): "kernel" | "events" => (probe === "events" ? "events" : "kernel");

/** Every experiment and the question that it answers, in the order in which `run all` measures them. */
export const EXPERIMENT_QUESTIONS = {
  startup: "how long a start takes, and in which tier and phase",
  "copy-up": "what the first write to a file of a lower layer costs",
  "cpu-throttling": "how much CPU a container gets under a limit",
  write: "how fast sequential writes are on each kind of storage",
  metadata: "what operations on many small files cost on each kind of storage",
  namespaces: "what creating a namespace costs, by kind",
  ladder: "what each layer adds, from the bare process to docker run",
  ready: "when an application is ready: a shell, Python, nginx",
  burst: "what 1 to 16 starts at the same moment cost each other",
  density: "whether a start slows down beside 0 to 50 idle containers",
  "cold-rootfs": "what the first start of an image costs on a busy host",
  memory: "how much memory containers of one image share",
  network: "what the container's network adds to a round trip to its host",
  "network-target": "what the bridge adds on the way to another host (--target)",
  pull: "how long a pull takes: download, verify, extract",
  why: "what each phase of a start waits for: processors, disk, RCU, locks, timers",
  stop: "how long it takes to stop and remove a container, and in which phase",
  "study-warm": "how long docker run takes, as the published study timed it",
  "study-cold": "the same after the page cache was dropped",
  "study-dimensions": "what the study's other seven dimensions come to by its commands",
  "study-pull": "how long docker pull takes, as the study timed it",
} as const satisfies Readonly<Record<string, string>>;
export type ExperimentName = keyof typeof EXPERIMENT_QUESTIONS;
export const EXPERIMENTS = Object.keys(EXPERIMENT_QUESTIONS) as readonly ExperimentName[];
/** What the published study measured, in its own way: `run study`, and no part of `run all`. */
export const STUDY_EXPERIMENTS = [
  "study-warm",
  "study-cold",
  "study-dimensions",
  "study-pull",
] as const satisfies readonly ExperimentName[];
export const isOfStudy = (name: ExperimentName): boolean => STUDY_EXPERIMENTS.some((each) => each === name);

/** `--iterations` where it is not given, and the number to which the tables' shares of it refer. */
export const USUAL_ITERATIONS = 50;
/** The same share, for conditions that the published study has not, in experiments in which a condition takes long. */
export const BESIDE_THE_QUESTION = 20;

/** The images of experiments that do not take those of `--images`: small, medium, large, or the paper's in that order. */
export const IMAGE_SIZES = ["small", "medium", "large"] as const;
export type ImageSize = (typeof IMAGE_SIZES)[number];

export const CLOCKS = ["kernel", "client"] as const;
/** `kernel`: the trace stamped the write of a mark; `client`: the client stamped the byte when it had read it. */
export type MarkClock = (typeof CLOCKS)[number];

/** A run is several sessions, because what differs between sessions is not seen within one. */
export const SESSIONS = {
  usual: 5,
  /** Fewer iterations than for two such sessions are one. */
  blocksAtLeast: 5,
  /** With --precision: blocks of a session, and sessions before a condition may stop. */
  precisionBlocks: 10,
  precisionMinimum: 5,
} as const;

export const STARTUP = {
  command: ["echo", "hello"],
  /** What the command prints, where the image's entrypoint lets it. */
  prints: "hello\n",
  warmIterations: 50,
  coldIterations: 20,
  warmupBlocks: 2,
  /** With --precision: trials after which a condition must stop. */
  precisionCap: 500,
  /** A start that has not ended by then is stopped and recorded as `timeout`. */
  timeout: milliseconds(60_000),
} as const satisfies {
  command: readonly string[];
  prints: string;
  warmIterations: number;
  coldIterations: number;
  warmupBlocks: number;
  precisionCap: number;
  timeout: Milliseconds;
};

/** A container runs a trial of each of its conditions, at most that many, and each has the time of a start. */
export const LONGEST_TRIAL: Milliseconds = milliseconds(20 * STARTUP.timeout);

/** A platform's label is a folder's name: letters, digits and dashes, so that it needs no quoting anywhere. */
export const LABEL_PATTERN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;
export const LABEL_EXPECTED = "1 to 63 letters, digits, - or _, beginning with a letter or digit";

/** A host on the network: a name or an IPv4 address, nothing that could end a string or begin an option. */
export const HOST_PATTERN =
  /^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;
export const HOST_EXPECTED = "a host's name or IPv4 address";

/**
 * Where images are pushed to and pulled from. Without a dot or a port Docker would take the host for a namespace of its
 * Hub; grammar of `distribution/reference`.
 */
export const REGISTRY_PATTERN =
  /^(?=.{1,160}$)(?=localhost\/|[^/]*[.:])[A-Za-z0-9][A-Za-z0-9.-]*(?::\d{1,5})?(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)+$/;
export const REGISTRY_EXPECTED = "HOST[:PORT]/NAMESPACE, such as registry.example.org/team (a host without a dot needs its port)";

/** The name of an image in the tables. */
export const IMAGE_NAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/;
