/** How long each call to the engine may take until its answer begins. */
import { env } from "node:process";

const SECOND_MS = 1_000;
/** An engine that is there answers in milliseconds; one on a machine that swaps takes seconds. */
const PING_MS = 5 * SECOND_MS;
const USUAL_MS = 30 * SECOND_MS;
/** Creating and starting a container, removing something large, asking a registry through the engine. */
const LONG_MS = 120 * SECOND_MS;
/** Whole images go through these: they may be silent as long as one large layer takes. */
export const TRANSFER_MS = 600 * SECOND_MS;

const TRANSFER = /^POST \/(images\/create|commit|build|images\/.*\/push)$|^GET \/(containers\/[^/]+\/export|images\/.+\/get)$/;
const LONG = /^POST \/|^DELETE \/(images|volumes)\/|^GET \/distribution\//;
/** Their answers are the container's end and the first event: the caller says how long to wait. */
const ENDLESS = /^POST \/containers\/[^/]+\/wait$|^GET \/events$/;

/** After an interrupt, all calls together; then it is told what may be left. */
export const AFTER_INTERRUPT_MS = 1_300;
export const LAST_CALL_MS = 100;
/** Then people want to know what is waited for. */
export const SILENCE_MS = 5_000;

/** Nobody waits for its answer: it comes with the first event. */
export const isSilentFor = (call: string): boolean => call === "GET /events";

export const isTransfer = (call: string): boolean => TRANSFER.test(call);

/** @param call as `GET /info` @returns milliseconds; `undefined` for none */
export function limitOf(call: string, variables: NodeJS.ProcessEnv = env): number | undefined {
  if (ENDLESS.test(call)) return undefined;
  if (call === "GET /_ping") return PING_MS;
  const limit = TRANSFER.test(call) ? TRANSFER_MS : LONG.test(call) ? LONG_MS : USUAL_MS;
  return Math.max(limit, asked(variables));
}

/** For slow engines, in seconds, as Docker Compose reads the variable; it lengthens a limit and never shortens one. */
function asked({ DOCKER_CLIENT_TIMEOUT, COMPOSE_HTTP_TIMEOUT }: NodeJS.ProcessEnv): number {
  const seconds = Number(DOCKER_CLIENT_TIMEOUT || COMPOSE_HTTP_TIMEOUT);
  return seconds > 0 && seconds <= 86_400 ? seconds * SECOND_MS : 0;
}
