/** What measuring needs of the world. The edges provide it; nothing else here knows Docker, files or the kernel. */
import type { Probe } from "../research/protocol.ts";
import type { StartupRow } from "../research/tables.ts";
import type { ClockNs } from "../research/units.ts";
import type { EventMarks, WallOffset } from "./event-clock.ts";
import type { KernelClock } from "./timeline.ts";

export interface Clock {
  /** The monotonic clock that the kernel's trace uses too. */
  readonly now: () => ClockNs;
  /** This machine's wall clock against its monotonic clock, measured now. */
  readonly wallOffset: () => WallOffset;
}

export interface ContainerRequest {
  readonly image: string;
  /** `undefined`: the image's own command. */
  readonly command: readonly string[] | undefined;
}

export interface Output {
  /** Resolves with the time of the first byte of standard output, or with `undefined` when the output ends without one. */
  readonly firstByte: Promise<ClockNs | undefined>;
  readonly close: () => void;
}

export interface Engine {
  /** True when the engine's kernel and clocks are this machine's. */
  readonly local: boolean;
  readonly create: (request: ContainerRequest, signal: AbortSignal) => Promise<string>;
  readonly attach: (id: string, signal: AbortSignal) => Promise<Output>;
  readonly start: (id: string, signal: AbortSignal) => Promise<void>;
  /** Resolves with the exit code. */
  readonly wait: (id: string, signal: AbortSignal) => Promise<number>;
  readonly remove: (id: string) => Promise<void>;
  /** Resolves when the container's destruction and its network's teardown have been announced. */
  readonly tornDown: (id: string) => Promise<void>;
  /** Docker's events of a container so far. */
  readonly eventsOf: (id: string) => EventMarks;
  /** @throws Error when the engine does not answer. */
  readonly ping: () => Promise<void>;
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
  /** Never rejects: a record that can not be had, or not be trusted, has a reason. */
  readonly end: () => Promise<TraceRecord | { readonly problem: string }>;
}

export interface Recorder extends Disposable {
  /** On disk when it returns. */
  readonly record: (row: Omit<StartupRow, "trial" | "session">) => void;
}

/** Makes a start cold, and checks that it is. */
export interface PageCache {
  /** What of it can not be checked here; `undefined` when all is. */
  readonly unseen: string | undefined;
  /** @throws Error when pages of the image stay in memory; the start must not be called cold then. */
  readonly drop: (image: string) => Promise<void>;
}
