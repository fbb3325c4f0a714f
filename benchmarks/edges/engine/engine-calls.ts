/**
 * Every call to the engine goes through here: it has a name for its errors, a limit, and its long parts in its body. One
 * that is silent for long is told of. A pending question ends with an interrupt; what changes the engine is waited for a
 * moment longer, as somebody has to undo it.
 */
import { setMaxListeners } from "node:events";
import type { IncomingMessage } from "node:http";
import { env } from "node:process";
import Docker from "dockerode";
import type { Attendant } from "../attendant.ts";
import { answerProblem } from "../engine-answers.ts";
import { giveUp } from "../given-up.ts";
import { CallError, callError } from "./call-error.ts";
import { AFTER_INTERRUPT_MS, isSilentFor, isTransfer, LAST_CALL_MS, limitOf, SILENCE_MS, TRANSFER_MS } from "./call-limits.ts";
import type { EngineOptions } from "./endpoint.ts";

/** What dockerode hands to its modem. */
interface Call {
  readonly path: string;
  readonly method: string;
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

type Answer = (error: Error | null, result: unknown) => void;

interface Modem {
  dial: (call: Call, answer: Answer) => void;
}

export function openCalls(options: EngineOptions, { interruption, say }: Attendant): Docker {
  const timeLeft = afterInterrupt(interruption);
  // Every pending call listens, and a burst has many: more than ten are no leak.
  if (interruption !== undefined) setMaxListeners(0, interruption);
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = (text: string): void => {
    // Calls of a burst fall silent together: one line speaks for all.
    if (performance.now() - toldAt < SILENCE_MS) return;
    toldAt = performance.now();
    say?.(text);
  };
  const docker = withoutDockerVariables(() => new Docker(options));
  const modem = docker.modem as Modem;
  const dial = modem.dial.bind(modem);
  modem.dial = (call, answer) => {
    const name = nameOf(call);
    const limit = interruption?.aborted === true ? timeLeft() : limitOf(name);
    const end = new AbortController();
    const stopWaiting = (waited: number): void => {
      if (interruption?.aborted === true && call.method !== "GET") giveUp(name);
      end.abort(silence(name, waited));
    };
    const tooLong = (): void => stopWaiting(limit ?? 0);
    const timer = limit === undefined ? undefined : setTimeout(tooLong, limit);
    const asks = call.method === "GET" && interruption?.aborted !== true;
    let deadline: NodeJS.Timeout | undefined;
    const interrupt = (): void => {
      if (asks) end.abort(interruption?.reason);
      else deadline = setTimeout(() => stopWaiting(AFTER_INTERRUPT_MS), AFTER_INTERRUPT_MS);
    };
    if (interruption?.aborted === false) interruption.addEventListener("abort", interrupt, { once: true });
    const waiting = `Waiting for the engine: ${name}, for ${SILENCE_MS / 1_000} s by now${atMost(limit)}.`;
    const silent = isSilentFor(name) ? undefined : setTimeout(() => tell(waiting), SILENCE_MS);
    const abortSignal = call.abortSignal === undefined ? end.signal : AbortSignal.any([call.abortSignal, end.signal]);
    dial({ ...call, options: longPartsInBody(call), abortSignal }, (error, result) => {
      for (const each of [timer, deadline, silent]) clearTimeout(each);
      interruption?.removeEventListener("abort", interrupt);
      const problem = error === null ? answerProblem(name, result) : undefined;
      if (problem !== undefined) answer(unreadable(name, problem), null);
      else if (error === null) {
        if (isTransfer(name)) endSilence(result as IncomingMessage, name);
        answer(null, result);
      } else answer(end.signal.aborted ? (end.signal.reason as Error) : explained(name, error, call.abortSignal), null);
    });
  };
  return docker;
}

const atMost = (limit: number | undefined): string => (limit === undefined ? "" : `, at most ${limit / 1_000} s`);

/** @returns how long, in ms, a call may still take: what is begun at the very end is at least sent */
function afterInterrupt(interruption: AbortSignal | undefined): () => number {
  let at: number | undefined = interruption?.aborted === true ? performance.now() : undefined;
  interruption?.addEventListener("abort", () => {
    at = performance.now();
  });
  return () => Math.max(LAST_CALL_MS, AFTER_INTERRUPT_MS - (performance.now() - (at ?? performance.now())));
}

/**
 * docker-modem completes what it is not given from DOCKER_HOST and its kin, which may speak of another engine, takes
 * DOCKER_CLIENT_TIMEOUT for milliseconds, and fails when it cannot read them.
 */
function withoutDockerVariables<T>(make: () => T): T {
  const kept = Object.entries(env).filter(([name]) => name.startsWith("DOCKER_"));
  for (const [name] of kept) delete env[name];
  try {
    return make();
  } finally {
    Object.assign(env, Object.fromEntries(kept));
  }
}

/** Ids are cut to the length that `docker ps` shows. */
const nameOf = ({ method, path }: Call): string =>
  `${method} ${path.replace(/\?.*$/s, "").replace(/\b[0-9a-f]{64}\b/g, (id) => id.slice(0, 12))}`;

const TAKE_A_BODY = /^\/(containers|volumes|networks)\/create\b/;
const IN_THE_QUERY: readonly string[] = ["name", "platform"];

/** docker-modem puts all options into the URL, where a proxy takes 8 KB and the engine 1 MB: a command may be longer. */
function longPartsInBody({ method, path, options }: Call): Call["options"] {
  if (options === undefined || method !== "POST" || !TAKE_A_BODY.test(path)) return options;
  const given = Object.entries(options).filter(([key, value]) => key !== "abortSignal" && value !== undefined);
  const pick = (inQuery: boolean) => Object.fromEntries(given.filter(([key]) => IN_THE_QUERY.includes(key) === inQuery));
  return { _query: pick(true), _body: pick(false) };
}

const silence = (name: string, limit: number): CallError =>
  new CallError(
    `${name} was not answered within ${Number((limit / 1_000).toFixed(1))} s: check the engine's log, or restart it`,
    name,
    {
      code: "ETIMEDOUT",
    },
  );

const unreadable = (name: string, problem: string): CallError =>
  new CallError(`${name} was answered, but not as a Docker engine does: ${problem}; check what listens there`, name, {
    code: "EPROTO",
  });

/** A progress stream that is silent for this long has stopped for good. */
function endSilence(stream: IncomingMessage, name: string): void {
  stream.setTimeout?.(TRANSFER_MS, () => stream.destroy(silence(name, TRANSFER_MS)));
}

/** A call that the caller aborted fails with the caller's reason. */
const explained = (name: string, error: Error, given: AbortSignal | undefined): Error =>
  given?.aborted ? error : callError(name, error);
