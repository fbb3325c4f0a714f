/**
 * Figures drawn by two threads, which load Vega while a third computes what is to be drawn. The program runs packed; from
 * sources, as tests do, it draws alone, as others would have to compile them once more.
 */
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import type { Files, Printed } from "./render-figure.ts";

interface Task {
  readonly name: string;
  readonly printed: Printed;
}
interface Done {
  readonly name: string;
  readonly files: Files;
  readonly warnings: readonly string[];
}

export interface Drawers extends Disposable {
  /** It is drawn as soon as there is a thread for it. */
  add(name: string, printed: Printed): void;
  /** Of all of them, in the order in which they are done. @throws what drawing one throws */
  drawn(onDrawn: (name: string, files: Files) => void, warn: (name: string, message: string) => void): Promise<void>;
}

const THREADS = 2;
/** So many wait at a thread: it need not wait for this one, which does not listen while it computes. */
const AHEAD = 2;
const ROLE = "tierbench figures";

/** @param count of figures at most: a second thread is not worth its start for one */
export function startDrawers(count: number): Drawers {
  const own = String(import.meta.filename); // of the pack's chunk
  return own.endsWith(".mjs") ? drawersElsewhere(own, Math.min(THREADS, count)) : drawersHere();
}

function drawersHere(): Drawers {
  const tasks: Task[] = [];
  return {
    add: (name, printed) => tasks.push({ name, printed }),
    drawn: async (onDrawn, warn) => {
      const { renderFigure } = await import("./render-figure.ts");
      for (const { name, printed } of tasks) onDrawn(name, await renderFigure(name, printed, (message) => warn(name, message)));
    },
    [Symbol.dispose]: () => undefined,
  };
}

function drawersElsewhere(module: string, count: number): Drawers {
  const threads = Array.from({ length: count }, () => ({ worker: new Worker(module, { workerData: ROLE }), waiting: 0 }));
  const tasks: Task[] = [];
  const send = (): void => {
    for (;;) {
      const idlest = threads.reduce((a, b) => (b.waiting < a.waiting ? b : a));
      const next = idlest.waiting < AHEAD ? tasks.shift() : undefined;
      if (next === undefined) return;
      idlest.waiting += 1;
      idlest.worker.postMessage(next);
    }
  };
  return {
    add: (name, printed) => {
      tasks.push({ name, printed });
      send();
    },
    drawn: (onDrawn, warn) =>
      new Promise((resolve, reject) => {
        const endIfDone = (): void => {
          if (threads.every(({ waiting }) => waiting === 0)) resolve();
        };
        for (const thread of threads) {
          thread.worker.on("error", reject);
          thread.worker.on("message", ({ name, files, warnings }: Done) => {
            thread.waiting -= 1;
            send();
            for (const message of warnings) warn(name, message);
            try {
              onDrawn(name, files);
            } catch (error) {
              reject(error);
            }
            endIfDone();
          });
        }
        endIfDone();
      }),
    [Symbol.dispose]: () => {
      for (const { worker } of threads) worker.terminate();
    },
  };
}

if (!isMainThread && workerData === ROLE) {
  const { renderFigure } = await import("./render-figure.ts");
  parentPort?.on("message", async ({ name, printed }: Task) => {
    const warnings: string[] = [];
    const files = await renderFigure(name, printed, (message) => warnings.push(message));
    parentPort?.postMessage({ name, files, warnings } satisfies Done);
  });
}
