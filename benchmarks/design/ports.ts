/** What measuring needs from the outside world. The edges provide it; nothing else here knows Docker, files or the kernel. */
import type { Probe } from "../../research/protocol.ts";
import type { Table } from "../../research/table.ts";
import type { TrialPlace } from "../../research/tables/columns/trial-table.ts";
import type { ProcessRung } from "../../research/tables/ladder.ts";
import type { ClockNs, Milliseconds, Nanoseconds, UnixNs } from "../../research/units.ts";
import type { EventMarks, WallOffset } from "../timeline/event-clock.ts";
import type { KernelClock } from "../timeline/timeline.ts";
import type { Watched } from "../timeline/trace-instance.ts";
import type { JsonObject } from "./flags/flag.ts";
import type { AskedUntil } from "./until.ts";

export interface Clock {
  /** The monotonic clock that the kernel's trace uses too. */
  readonly now: () => ClockNs;
  /** This machine's wall clock against its monotonic clock, measured now. */
  readonly wallOffset: () => WallOffset;
  /** @throws the signal's reason when it is aborted */
  readonly sleep: (time: Milliseconds, signal: AbortSignal) => Promise<void>;
}

export interface ContainerRequest {
  readonly image: string;
  /** `undefined`: the image's own command. */
  readonly command: readonly string[] | undefined;
  readonly settings?: ContainerSettings | undefined;
  /** What flags of `docker run` set, in the engine's own words: fields of the body of `POST /containers/create`. */
  readonly body?: JsonObject | undefined;
}

/** What differs from the engine's defaults. */
export interface ContainerSettings {
  readonly network?: "none" | "host";
  readonly mounts?: readonly Mount[];
  /** The CPU limit, in CPUs. */
  readonly cpus?: number;
  /** Beside the engine's usual ones, as `SYS_ADMIN`. */
  readonly capabilities?: readonly string[];
}

export type Mount =
  /** A new volume that is removed with the container; the engine fills it with the image's content at that path. */
  | { readonly kind: "volume"; readonly target: string }
  | { readonly kind: "tmpfs"; readonly target: string }
  | { readonly kind: "bind"; readonly source: string; readonly target: string };

/** What the client read at once. */
export interface OutputChunk {
  readonly at: ClockNs;
  readonly text: string;
}

export interface Output {
  /** Resolves with the time of the first byte on either stream, or with `undefined` when the output ends without one. */
  readonly firstByte: Promise<ClockNs | undefined>;
  /** Resolves with the first standard output, or with `undefined` when the output ends without any: standard error does not count. */
  readonly firstWords: Promise<string | undefined>;
  /** Resolves with the time of the byte on either stream with which the text so far matches; `undefined` when it never does. */
  readonly said: (pattern: RegExp) => Promise<ClockNs | undefined>;
  /** Resolves when the output has ended. */
  readonly ended: Promise<void>;
  /** Standard output so far. */
  readonly chunks: () => readonly OutputChunk[];
  /** Standard error so far. */
  readonly errors: () => string;
  /** Bytes of both streams; `undefined` until their end was read. */
  readonly received: () => number | undefined;
  readonly close: () => void;
}

/** When something was first seen to be so. */
export interface Ready {
  readonly at: ClockNs;
  /** The last time at which it was seen not to be so yet; `undefined` where nobody looked before. */
  readonly notYet: ClockNs | undefined;
}

export interface Engine {
  /** True when the engine's kernel and clocks are this machine's. */
  readonly local: boolean;
  readonly create: (request: ContainerRequest, signal: AbortSignal) => Promise<string>;
  readonly attach: (id: string, signal: AbortSignal) => Promise<Output>;
  readonly start: (id: string, signal: AbortSignal) => Promise<void>;
  /** Resolves with the exit code. */
  readonly wait: (id: string, signal: AbortSignal) => Promise<number>;
  /** Resolves when the container is seen to be ready. @throws Error when it never will be, or cannot be asked */
  readonly becomesReady: (id: string, until: AskedUntil, signal: AbortSignal) => Promise<Ready>;
  /** Its first process, as the engine's host numbers it; `undefined` where it does not run. */
  readonly initOf: (id: string) => Promise<number | undefined>;
  /** Asks it to end, and kills it after a while: `seconds`, or what the container says. @throws Error where it does not run */
  readonly stop: (id: string, seconds: number | undefined, signal: AbortSignal) => Promise<void>;
  /** When it left its last network, by the daemon's wall clock. */
  readonly leftNetworkAt: (id: string) => UnixNs | undefined;
  /** With the volumes that were made for it. */
  readonly remove: (id: string) => Promise<void>;
  /** Resolves when the container's destruction and its network's teardown have been announced. */
  readonly tornDown: (id: string) => Promise<void>;
  /** An empty volume with a name and a label of ours, removed on disposal; its folder is on the engine's machine. */
  readonly createVolume: () => Promise<AsyncDisposable & { readonly path: string }>;
  /** The host's address on the default bridge, as a container there sees it. @throws Error when the container is not there */
  readonly gatewayOf: (id: string) => Promise<string>;
  /** The processor architecture of an image, and the engine's, in Docker's names. */
  readonly processorsOf: (image: string) => Promise<{ readonly image: string; readonly engine: string }>;
  /** Docker's events of a container so far. */
  readonly eventsOf: (id: string) => EventMarks;
  /** @throws EngineLost when the engine does not answer, or was started again since it was connected to */
  readonly stillThere: () => Promise<void>;
}

export interface TraceRecord {
  readonly lines: readonly string[];
  /** Events that the kernel dropped. */
  readonly lost: number;
  /** `undefined` where the kernel's clock is the client's. */
  readonly clock: KernelClock | undefined;
}

export interface KernelProbe extends AsyncDisposable {
  readonly name: Probe;
  /** Error bound of a kernel time in ns, as known before the first start; 0 where there is none. */
  readonly resolution: number;
  readonly begin: () => Promise<void>;
  /** Never rejects: a record that is missing or cannot be trusted has a reason. */
  readonly end: () => Promise<TraceRecord | { readonly problem: string }>;
  /** Trace these, too, until disposal. @throws Error when the kernel has no such events, or is not traced at all */
  readonly watch: (what: Watched) => Promise<AsyncDisposable>;
}

/** A reading of a container's CPU accounting. */
export interface CpuAccount {
  /** The middle of the reading, and half of how long it took. */
  readonly at: ClockNs;
  readonly error: number;
  readonly usage: Nanoseconds;
  /** `undefined` without a limit. */
  readonly limit: { readonly periods: number; readonly throttledPeriods: number; readonly throttled: Nanoseconds } | undefined;
}

/** A reading of a container's memory: of its processes, and of its cgroup. */
export interface MemoryAccount {
  readonly rss_bytes: number;
  readonly pss_bytes: number;
  readonly cgroup_file_bytes: number;
  readonly cgroup_anon_bytes: number;
}

/** What the kernel of this machine accounts to a running container. */
export interface Accounts {
  /** @throws Error when its accounting cannot be read */
  readonly cpu: (id: string) => Promise<CpuAccount>;
  /** @throws Error when its accounting cannot be read */
  readonly memory: (id: string) => Promise<MemoryAccount>;
}

/** The columns of a row that the recorder fills in. */
type Numbering = "trial" | "session";

export interface Recorder<R extends Pick<TrialPlace, Numbering>> extends Disposable {
  /** The rows of one trial, on disk when it returns. */
  readonly record: (...rows: readonly Omit<R, Numbering>[]) => void;
}

/** Opens the file of a table, to add the rows of this session to it. */
export type OpenRecorder = <R extends Pick<TrialPlace, Numbering>>(table: Table<R>) => Recorder<R>;

/** Images that experiments need besides those of startup, by their content; `chosen` is the first of `--images`, whatever it holds. */
export const IMAGE_ROLES = ["shell", "web", "python", "static", "chosen"] as const;
export type ImageRole = (typeof IMAGE_ROLES)[number];

/** Images that are made for an experiment. */
export interface ImageStore {
  /**
   * The image that results when a command is run in a container of another: what it wrote is a layer of its own. Made once,
   * kept under a name and with a label of ours.
   * @param recipe changes when the command does
   * @throws Error with the command's last words
   */
  readonly derive: (recipe: DerivedImage, signal: AbortSignal) => Promise<string>;
}

export interface DerivedImage {
  readonly name: string;
  readonly recipe: string;
  readonly from: string;
  readonly command: readonly string[];
}

/** A message of a pull, as it came. */
export interface PullMessage {
  readonly at: ClockNs;
  /** The layer that it is about, by the first digits of its digest. */
  readonly id: string | undefined;
  readonly status: string;
  /** Bytes processed so far, where the message states them. */
  readonly total: number | undefined;
}

/** The registry for pushes and pulls: one of our own beside the engine, on its loopback, or another. */
export interface Registry extends AsyncDisposable {
  /**
   * Pushes an image that shares no layer with any other, and removes it from the engine.
   * @param layers each is made by a command, above one layer with all the files of `from`
   * @returns its reference
   */
  readonly publish: (
    image: { readonly name: string; readonly from: string; readonly layers: readonly (readonly string[])[] },
    signal: AbortSignal,
  ) => Promise<string>;
  /** @throws Error when the pull fails */
  readonly pull: (reference: string, onMessage: (message: PullMessage) => void, signal: AbortSignal) => Promise<void>;
  /** Removes a published image from the engine, if it is there; a registry that is not ours keeps it. */
  readonly forget: (reference: string) => Promise<void>;
}

/** A process of this machine, from before it was spawned until it had ended. */
export interface Launch {
  readonly began: ClockNs;
  /** When the program had been executed and the client's call had returned. */
  readonly spawned: ClockNs;
  /** When the first byte of its standard output was read. */
  readonly firstByte: ClockNs | undefined;
  readonly ended: ClockNs;
  /** Its standard output. */
  readonly output: string;
  /** What went wrong: it could not be spawned, was ended by a signal or by an exit code other than 0. */
  readonly problem: string | undefined;
  readonly timedOut: boolean;
}

/** Ways to start a program of one image on this machine, each a process of its own. */
export interface Launchers extends AsyncDisposable {
  /**
   * Runs a command to its end. What it leaves behind when it fails is removed.
   * @param command its program by the path within the image
   * @throws Error when the program for it is not installed, or what is left cannot be removed
   */
  readonly launch: (rung: ProcessRung, command: readonly string[]) => Promise<Launch>;
}

/** Calls of the engine's API on behalf of one start: when each was sent, and when its answer came. */
export type ApiCalls = Readonly<Partial<Record<ApiCall, ClockNs>>>;
/** `removed`: the answer to the wait for the container's removal. */
export type ApiCall = "create_sent" | "create_done" | "start_sent" | "start_done" | "first_byte" | "removed";

/** A run of the docker command. */
export interface CommandRun extends Launch {
  /** `undefined` where its calls were not watched, and of one that made no container. */
  readonly containerId: string | undefined;
  /** None where they were not watched. */
  readonly calls: ApiCalls;
}

export interface CommandRequest {
  readonly image: string;
  readonly command: readonly string[];
  readonly timeout: Milliseconds;
  /** Of `docker run`. */
  readonly flags?: readonly string[];
}

/** The docker command of this machine, as a person types it; it reads none of the user's configuration. */
export interface DockerCommand extends AsyncDisposable {
  /**
   * `docker run --rm`, to its end. The container carries our label, and is removed where the command leaves one.
   * @param watched its calls pass through us and are stamped; else it speaks with the engine itself
   * @throws Error when what is left cannot be removed
   */
  readonly run: (request: CommandRequest, watched: boolean) => Promise<CommandRun>;
  /** Another of its commands, to its end. */
  readonly call: (args: readonly string[], timeout: Milliseconds) => Promise<Launch>;
  /** A program of this machine that needs no engine, in the same way. @throws Error when it is not installed */
  readonly beside: (program: "unshare", args: readonly string[], timeout: Milliseconds) => Promise<Launch>;
}

/** Evicts the files of an image, and no others, and checks that they are gone. */
export interface RootfsCache {
  /** @throws Error when pages of the image stay in memory, or its files cannot be found on this machine */
  readonly evict: (image: string) => Promise<void>;
}

/** Makes a start cold, and verifies it. */
export interface PageCache {
  /** What cannot be verified here; `undefined` when everything can. */
  readonly unseen: string | undefined;
  /** @throws Error when pages of the image stay in memory; the start must not be called cold then. */
  readonly drop: (image: string) => Promise<void>;
}

/** What observing a start needs. */
export interface Instruments {
  readonly engine: Engine;
  readonly probe: KernelProbe;
  readonly clock: Clock;
}
