/**
 * Asks ports until they answer. Plain JavaScript, so that a process in another network namespace, which asker.ts starts, runs
 * it with nothing but Node.
 */
import { get } from "node:http";
import { connect } from "node:net";
import process, { argv, hrtime } from "node:process";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** Between two questions: seldom enough not to disturb a start. */
const PAUSE_MS = 2;
const ANSWER_MS = 1_000;

/** @typedef {{ readonly host: string, readonly port: number, readonly path?: string }} Question without a path, a connection is enough */

/** @typedef {{ readonly at: bigint, readonly refused: bigint | undefined }} Answered when, and when the last question was sent that it did not answer */

/**
 * @param {Question} question
 * @param {AbortSignal} [signal]
 * @returns {Promise<Answered>}
 * @throws the signal's reason
 */
export async function untilItAnswers(question, signal) {
  /** @type {bigint | undefined} */
  let refused;
  for (;;) {
    signal?.throwIfAborted();
    const begun = hrtime.bigint();
    const answered = await (question.path === undefined ? accepts(question) : serves(question));
    const at = hrtime.bigint();
    if (answered) return { at, refused };
    refused = begun;
    await setTimeout(PAUSE_MS, undefined, { signal });
  }
}

/** @param {Question} question @returns {Promise<boolean>} */
const accepts = ({ host, port }) =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: ANSWER_MS });
    /** @param {boolean} isOpen */
    const end = (isOpen) => () => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once("connect", end(true)).once("error", end(false)).once("timeout", end(false));
  });

/** With any status that is no error. @param {Question} question @returns {Promise<boolean>} */
const serves = ({ host, port, path }) =>
  new Promise((resolve) => {
    const request = get({ host, port, path, timeout: ANSWER_MS, agent: false }, (response) => {
      response.destroy();
      resolve((response.statusCode ?? 500) < 400);
    });
    request.once("error", () => resolve(false)).once("timeout", () => request.destroy());
  });

if (argv[1] === fileURLToPath(import.meta.url)) {
  /** @type {Map<number, AbortController>} */
  const asked = new Map();
  process.on("message", (/** @type {{ readonly id: number, readonly question?: Question }} */ { id, question }) => {
    asked.get(id)?.abort();
    asked.delete(id);
    // Without a question it is the end of an earlier one.
    if (question === undefined) return;
    const controller = new AbortController();
    asked.set(id, controller);
    untilItAnswers(question, controller.signal).then(
      (answered) => process.send?.({ id, answered }),
      () => undefined,
    );
  });
  process.once("disconnect", () => process.exit());
}
