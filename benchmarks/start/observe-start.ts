/** One measured container start: create, attach, start, wait, remove, each call stamped. */

import { InterruptedError } from "../../research/interrupted.ts";
import type { Outcome } from "../../research/protocol.ts";
import { type ClockNs, clockNs, type Milliseconds, milliseconds } from "../../research/units.ts";
import type { Clock, ContainerRequest, Engine, Instruments, KernelProbe, Output, OutputChunk, Ready } from "../design/ports.ts";
import type { Until } from "../design/until.ts";
import type { EventMarks } from "../timeline/event-clock.ts";
import type { ClientMarks, KernelClock } from "../timeline/timeline.ts";
import { traceDoubt } from "../timeline/trace-doubt.ts";
import { exitProblem, isForAnotherProcessor, processorProblem } from "./failed-start.ts";
import { type ObservedStop, observeStop, type StopRequest } from "./observe-stop.ts";

export interface StartRequest extends ContainerRequest {
  readonly timeout: Milliseconds;
  /** Stop waiting for the exit after the first byte: for a service that never exits. */
  readonly untilFirstByte: boolean;
  /** How long a container that runs may say nothing, where that is less; a busy machine takes as long to start it as it does. */
  readonly silence?: Milliseconds | undefined;
  /** What else it is waited for; the start itself ends as ever. */
  readonly until?: Until | undefined;
  /** Exit code of a container that did what it should, 0 unless it is said. */
  readonly expectExit?: number | undefined;
  /** Its end is measured, too, once it has said something, or a second after its start. */
  readonly stop?: StopRequest | undefined;
  /** With untilFirstByte: what is done with the container once that has come, before it is removed. */
  readonly meanwhile?: (id: string) => Promise<void>;
}

export interface ObservedStart {
  readonly outcome: Outcome;
  /** Why the start is not `ok`. */
  readonly problem: string | undefined;
  readonly containerId: string | undefined;
  readonly client: ClientMarks;
  readonly events: EventMarks;
  /** When what was waited for was seen; `undefined` where that is told by a milestone, or it was not. */
  readonly ready: Ready | undefined;
  /** What it was waited for. */
  readonly until: Until | undefined;
  /** Its end, where that was asked for, or why there is none. */
  readonly stopped: ObservedStop | { readonly problem: string } | undefined;
  readonly trace: readonly string[];
  readonly lostEvents: number;
  /** `undefined` where the kernel's clock is the client's, or nothing was traced. */
  readonly kernelClock: KernelClock | undefined;
  /** Standard output, as the client read it, and the end of standard error. */
  readonly output: readonly OutputChunk[];
  readonly errors: string;
  /** All bytes of both, where the container exited by itself and they were read to their end. */
  readonly received: number | undefined;
  /** When the container was gone and its networks left. */
  readonly teardownEnd: ClockNs;
}

/**
 * A program that complains and ends does so within this time. Where everything takes long, because the machine is busy, its end
 * is told as much later: then within the time that it took until the first byte, as far as the start's own limit allows.
 */
const COMPLAINT_MS = 500;
const complaintPatience = (elapsedNs: bigint, timeout: Milliseconds): Milliseconds => {
  const elapsed = Number(elapsedNs) / 1e6;
  return milliseconds(Math.max(COMPLAINT_MS, Math.min(elapsed, (timeout - elapsed) / 2)));
};

/** A service that says nothing runs by then. */
const SETTLED = milliseconds(1_000);

type Marks = { -readonly [K in keyof ClientMarks]: ClientMarks[K] };

/**
 * Starts one container and removes it in any case. A start that fails is an outcome, not an exception.
 * @throws the signal's reason when it is aborted, after the container is removed
 */
export async function observeStart(
  { engine, probe, clock }: Instruments,
  request: StartRequest,
  signal: AbortSignal,
): Promise<ObservedStart> {
  const timeout = AbortSignal.timeout(request.timeout);
  const either = AbortSignal.any([signal, timeout]);
  await probe.begin();
  const marks: Marks = { create_sent: clock.now() };
  const seen: { id?: string; output?: Output; exitCode?: number; ready?: Ready } = {};
  let failure: unknown;
  let timedOut = false;
  let silence: AbortSignal | undefined;
  try {
    // Not interruptible: the engine would still create the container, and nothing would remove it.
    seen.id = await engine.create(request, timeout);
    marks.create_done = clock.now();
    signal.throwIfAborted();
    seen.output = await engine.attach(seen.id, either);
    marks.start_sent = clock.now();
    await engine.start(seen.id, either);
    marks.start_done = clock.now();
    if (request.silence !== undefined) silence = AbortSignal.timeout(request.silence);
    const stopping = new AbortController();
    const exited = (exitCode: number): void => {
      if (stopping.signal.aborted) return;
      marks.wait_done = clock.now();
      seen.exitCode = exitCode;
    };
    if (isExpected(request.until)) {
      seen.ready = await readyBeforeExit(engine, seen.id, seen.output, request.until, either, exited);
    } else {
      const running = AbortSignal.any([either, stopping.signal, ...(silence === undefined ? [] : [silence])]);
      const end = ended(engine, seen.id, seen.output, request, clock, marks.create_sent, running, exited);
      if (request.stop === undefined) await end;
      else await Promise.race([end, clock.sleep(SETTLED, either)]);
      end.catch(() => undefined);
    }
    if (request.stop !== undefined) stopping.abort();
    await request.meanwhile?.(seen.id);
  } catch (error) {
    failure = error;
    // Asked now: the removal takes time of its own, which a start that ended has not overrun.
    timedOut = timeout.aborted || silence?.aborted === true;
  }
  // Before the removal: a container that still runs is killed by it, and its exit is not something the entrypoint did.
  const record = await probe.end();
  let stopped: ObservedStart["stopped"];
  if (request.stop !== undefined && failure === undefined && seen.id !== undefined)
    stopped = await observeStop({ engine, probe, clock }, seen.id, request.stop, signal).catch(({ message }: Error) => ({
      problem: message,
    }));
  const removal = await removeContainer(engine, stopped !== undefined && "milestones" in stopped ? undefined : seen.id, clock);
  if (removal.at !== undefined) marks.removed = removal.at;
  const teardownEnd = clock.now();
  const firstByte = await firstByteOf(seen.output);
  if (firstByte !== undefined) marks.first_byte = firstByte;
  if (signal.aborted) throw interrupted(signal, removal.failure);
  const errors = seen.output?.errors() ?? "";
  const verdict = judge(failure ?? removal.failure, timedOut, seen.exitCode, request.expectExit ?? 0, record, errors);
  return {
    outcome: verdict.outcome,
    problem: await withProcessor(engine, request.image, verdict.problem),
    containerId: seen.id,
    client: marks,
    events: seen.id === undefined ? {} : engine.eventsOf(seen.id),
    ready: seen.ready,
    until: request.until,
    stopped,
    trace: "problem" in record ? [] : record.lines,
    lostEvents: "problem" in record ? 0 : record.lost,
    kernelClock: "problem" in record ? undefined : record.clock,
    output: seen.output?.chunks() ?? [],
    errors,
    // Of one that is stopped by its removal the end is not in the trace.
    received: marks.wait_done === undefined ? undefined : seen.output?.received(),
    teardownEnd,
  };
}

async function withProcessor(engine: Engine, image: string, problem: string | undefined): Promise<string | undefined> {
  if (problem === undefined || !isForAnotherProcessor(problem)) return problem;
  const processors = await engine.processorsOf(image).catch(() => undefined);
  return processors === undefined ? problem : `${problem}; ${processorProblem(processors)}`;
}

/** A start that never began: recorded like the others, with the reason. */
export const unstarted = (problem: string, clock: Clock): ObservedStart => ({
  outcome: "failed",
  problem,
  containerId: undefined,
  client: { create_sent: clock.now() },
  events: {},
  ready: undefined,
  until: undefined,
  stopped: undefined,
  trace: [],
  lostEvents: 0,
  kernelClock: undefined,
  output: [],
  errors: "",
  received: undefined,
  teardownEnd: clock.now(),
});

type Expected = Exclude<Until, { readonly kind: "acts" | "exits" }>;

const isExpected = (until: Until | undefined): until is Expected =>
  until !== undefined && until.kind !== "acts" && until.kind !== "exits";

/** A line takes at most that long from the container through the engine to the client, unless the machine is busy. */
const DELIVERY_NS = 20_000_000n;

/** @throws Error when the container exits before */
async function readyBeforeExit(
  engine: Engine,
  id: string,
  output: Output,
  until: Expected,
  signal: AbortSignal,
  exited: (exitCode: number) => void,
): Promise<Ready> {
  const enough = new AbortController();
  const either = AbortSignal.any([signal, enough.signal]);
  const exit = engine.wait(id, either).then((exitCode): never => {
    exited(exitCode);
    throw new Error(`the container exited with code ${exitCode} before it was ready`);
  });
  const ready = until.kind === "log" ? said(output, until.pattern, exit) : engine.becomesReady(id, until, either);
  ready.catch(() => undefined);
  exit.catch(() => undefined);
  try {
    return await Promise.race([ready, exit]);
  } finally {
    enough.abort();
  }
}

/** A job may say its line and exit at once: the line counts then. */
async function said(output: Output, pattern: RegExp, exit: Promise<never>): Promise<Ready> {
  const at = await output.said(pattern);
  return at === undefined ? exit : { at, notYet: clockNs(at - DELIVERY_NS) };
}

async function ended(
  engine: Engine,
  id: string,
  output: Output,
  { untilFirstByte, meanwhile, timeout }: StartRequest,
  clock: Clock,
  begun: ClockNs,
  signal: AbortSignal,
  exited: (exitCode: number) => void,
): Promise<void> {
  if (!untilFirstByte) return engine.wait(id, signal).then(exited);
  const enough = new AbortController();
  const exit = engine.wait(id, AbortSignal.any([signal, enough.signal])).then((exitCode) => {
    // Once the first byte was enough, the container ends by our own hand.
    if (!enough.signal.aborted) exited(exitCode);
  });
  // An output that ended without a byte tells nothing: then the exit decides.
  await Promise.race([exit, output.firstByte.then((at) => (at === undefined ? exit : undefined))]);
  // The first byte may be a complaint, and the container gone with it.
  if (meanwhile === undefined) {
    const gone = output.ended.then(() => true);
    const patience = complaintPatience(clock.now() - begun, timeout);
    if (await Promise.race([gone, clock.sleep(patience, signal).then(() => false)])) await exit;
  }
  exit.catch(() => undefined);
  enough.abort();
}

const interrupted = (signal: AbortSignal, failure: unknown): unknown =>
  failure === undefined
    ? signal.reason
    : new InterruptedError(
        `${(signal.reason as Error).message}; its container could not be removed (${(failure as Error).message}): run tierbench sweep`,
      );

async function removeContainer(engine: Engine, id: string | undefined, clock: Clock) {
  if (id === undefined) return {};
  try {
    await engine.remove(id);
    const at = clock.now();
    await engine.tornDown(id);
    return { at };
  } catch (failure) {
    return { failure };
  }
}

/** The container is gone, so what it wrote has arrived or never will; the stream's end may lag a moment behind. */
async function firstByteOf(output: Output | undefined) {
  const patience = new Promise<undefined>((resolve) => setTimeout(resolve, 1_000, undefined).unref());
  await Promise.race([output?.ended, patience]);
  const at = await Promise.race([output?.firstByte.catch(() => undefined), patience]);
  output?.close();
  return at;
}

function judge(
  failure: unknown,
  timedOut: boolean,
  exitCode: number | undefined,
  expected: number,
  record: Awaited<ReturnType<KernelProbe["end"]>>,
  errors: string,
): Pick<ObservedStart, "outcome" | "problem"> {
  if (timedOut) return { outcome: "timeout", problem: "the start did not end in time" };
  if (failure !== undefined) return { outcome: "failed", problem: failure instanceof Error ? failure.message : String(failure) };
  if (exitCode !== undefined && exitCode !== expected) return { outcome: "failed", problem: exitProblem(exitCode, errors) };
  if ("problem" in record) return { outcome: "probe-lost", problem: record.problem };
  const doubt = traceDoubt(record);
  return doubt === undefined ? { outcome: "ok", problem: undefined } : { outcome: "probe-lost", problem: doubt };
}
