/**
 * A small process that spawns programs and stamps them, run by spawner.ts. Plain JavaScript, so that it starts with nothing
 * but Node: a fork copies the page tables of the forking process, and those of tierbench itself are several times as large.
 */
import { spawn } from "node:child_process";
import process from "node:process";

const MOST_ERROR_TEXT = 4_096;
const now = process.hrtime.bigint;

process.on("message", ({ program, args, env, timeoutMs }) => {
  let firstByte;
  let ended;
  let output = "";
  let errors = "";
  let timedOut = false;
  const began = now();
  // A group of its own, so that all of it can be killed.
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const spawned = now();
  child.once("exit", () => {
    ended = now();
  });
  child.stdout.on("data", (chunk) => {
    firstByte ??= now();
    output += chunk.toString("latin1");
  });
  child.stderr.on("data", (chunk) => {
    errors = (errors + chunk.toString("utf8")).slice(-MOST_ERROR_TEXT);
  });
  const patience = setTimeout(() => {
    timedOut = true;
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  }, timeoutMs);
  let answered = false;
  const answer = (problem) => {
    clearTimeout(patience);
    // A program that could not be spawned may be closed, too.
    if (!answered && process.connected)
      process.send({ began, spawned, firstByte, ended: ended ?? now(), output, errors, problem, timedOut });
    answered = true;
  };
  child.once("error", (error) => answer(error.message));
  child.once("close", (code, signal) => {
    if (code === 0) answer(undefined);
    else answer(code === null ? `it was ended by ${signal}` : `it exited with code ${code}`);
  });
});
