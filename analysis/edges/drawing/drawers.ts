/**
 * Figures drawn by two threads: each loads Vega for itself and takes what is next. The program runs packed; from sources,
 * as tests do, one thread draws, as another would have to compile them once more.
 */
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import type { Drawing } from "../../figures/parts/figure.ts";
import type { Files } from "./render-figure.ts";

export type Named = readonly [name: string, drawing: Drawing];
type OnDrawn = (name: string, files: Files) => void;
type Warn = (name: string, message: string) => void;

export interface Drawers extends Disposable {
  /** All of them, in the order in which they are done. @throws what drawing one throws */
  draw(figures: readonly Named[], onDrawn: OnDrawn, warn: Warn): Promise<void>;
}

interface Task {
  readonly name: string;
  readonly drawing: Drawing;
}
interface Done {
  readonly name: string;
  readonly files: Files;
  readonly warnings: readonly string[];
}

/** So many wait at the other thread: it need not wait for this one, which does not listen while it draws. */
const AHEAD = 2;
const ROLE = "tierbench figures";

/** @param count of figures: for a few a second thread is not worth its start */
export function startDrawers(count: number): Drawers {
  const own = String(import.meta.filename); // of the pack's chunk
  const worker = own.endsWith(".mjs") && count > AHEAD ? new Worker(own, { workerData: ROLE }) : null;
  return {
    draw: async (figures, onDrawn, warn) => {
      const queue = [...figures];
      await Promise.all([
        ...(worker === null ? [] : [drawElsewhere(worker, queue, onDrawn, warn)]),
        drawHere(queue, onDrawn, warn),
      ]);
    },
    [Symbol.dispose]: () => {
      worker?.terminate();
    },
  };
}

async function drawHere(queue: Named[], onDrawn: OnDrawn, warn: Warn): Promise<void> {
  const { renderFigure } = await import("./render-figure.ts");
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [name, drawing] = next;
    onDrawn(name, await renderFigure(name, drawing, (message) => warn(name, message)));
    // What the other thread has done is heard of in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function drawElsewhere(worker: Worker, queue: Named[], onDrawn: OnDrawn, warn: Warn): Promise<void> {
  return new Promise((resolve, reject) => {
    let waiting = 0;
    const send = (): void => {
      while (waiting < AHEAD) {
        // From the end: the other thread is not ready when this one begins.
        const next = queue.pop();
        if (next === undefined) break;
        waiting += 1;
        worker.postMessage({ name: next[0], drawing: next[1] } satisfies Task);
      }
      if (waiting === 0) resolve();
    };
    worker.on("error", reject);
    worker.on("message", ({ name, files, warnings }: Done) => {
      waiting -= 1;
      for (const message of warnings) warn(name, message);
      onDrawn(name, files);
      send();
    });
    send();
  });
}

if (!isMainThread && workerData === ROLE) {
  const { renderFigure } = await import("./render-figure.ts");
  parentPort?.on("message", async ({ name, drawing }: Task) => {
    const warnings: string[] = [];
    const files = await renderFigure(name, drawing, (message) => warnings.push(message));
    parentPort?.postMessage({ name, files, warnings } satisfies Done);
  });
}
