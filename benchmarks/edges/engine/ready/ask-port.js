/**
 * Asks a port until it answers. Plain JavaScript, so that a process in another network namespace runs it with nothing but
 * Node: `node ask-port.js QUESTION` prints when it answered, and how much earlier it may have begun to.
 */
import { get } from "node:http";
import { connect } from "node:net";
import { argv, hrtime } from "node:process";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** Between two questions: seldom enough not to disturb a start. */
const PAUSE_MS = 2;
const ANSWER_MS = 1_000;

/** @typedef {{ readonly host: string, readonly port: number, readonly path?: string }} Question without a path, a connection is enough */

/**
 * @param {Question} question
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ at: bigint, error: bigint }>} when it answered, and since when it was not asked
 * @throws the signal's reason
 */
export async function untilItAnswers(question, signal) {
  let asked = hrtime.bigint();
  for (;;) {
    signal?.throwIfAborted();
    const begun = hrtime.bigint();
    const answered = await (question.path === undefined ? accepts(question) : serves(question));
    const at = hrtime.bigint();
    if (answered) return { at, error: at - asked };
    asked = begun;
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
  const { at, error } = await untilItAnswers(JSON.parse(argv[2] ?? ""));
  process.stdout.write(`${at} ${error}\n`);
}
