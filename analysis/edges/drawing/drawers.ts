/**
 * Pages drawn by two threads, which load Vega while a third computes what is to be drawn. The program runs bundled; from
 * sources, as tests do, it draws alone, as others would have to compile them once more.
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { CompiledPage } from "./compile-page.ts";
import type { Drawn } from "./drawing-thread.ts";
import type { Pictures } from "./render.ts";
import type { DrawPage } from "./render-figure.ts";

export interface Drawers extends Disposable {
  /** As soon as there is a thread for it. @throws what drawing it throws */
  readonly draw: DrawPage;
}

const THREADS = 2;
/** It runs the bundle in a thread. */
const RUN_BUNDLE = new URL("../../../scripts/run-bundle.mjs", import.meta.url);
/** The bundle's place; from sources it is that of this file, or there is none. */
declare const __filename: string | undefined;

/** @param count of figures: a second thread is not worth its start for one */
export function startDrawers(count: number): Drawers {
  const own = typeof __filename === "string" ? __filename : "";
  return own.endsWith(".cjs") ? threads(own, Math.min(THREADS, count)) : { draw: drawHere, [Symbol.dispose]: () => undefined };
}

const drawHere: DrawPage = async (page, warn) => (await import("./render.ts")).renderPictures(page, warn);

interface Task {
  readonly page: CompiledPage;
  readonly warn: (message: string) => void;
  readonly done: (pictures: Pictures) => void;
  readonly failed: (reason: unknown) => void;
}

function threads(bundle: string, count: number): Drawers {
  const workerData = { bundle, command: "figures" };
  const all = Array.from({ length: count }, () => new Worker(RUN_BUNDLE, { workerData }));
  const idle = [...all];
  const waiting: Task[] = [];
  const send = (): void => {
    while (waiting.length > 0 && idle.length > 0) drawBy(idle.shift() as Worker, waiting.shift() as Task);
  };
  const drawBy = async (thread: Worker, { page, warn, done, failed }: Task): Promise<void> => {
    try {
      thread.postMessage(page);
      const [{ pictures, warnings }] = (await once(thread, "message")) as [Drawn];
      for (const message of warnings) warn(message);
      idle.push(thread);
      done(pictures);
      send();
    } catch (error) {
      // A thread ends by its error, and with it the command: no page is drawn in vain.
      for (const task of [{ failed }, ...waiting.splice(0)]) task.failed(error);
    }
  };
  return {
    draw: (page, warn) =>
      new Promise((done, failed) => {
        waiting.push({ page, warn, done, failed });
        send();
      }),
    [Symbol.dispose]: () => {
      for (const thread of all) thread.terminate();
    },
  };
}
