/**
 * Pages drawn by a thread, which loads Vega while this one computes and compiles what is to be drawn. A second one would have
 * to warm up once more, and gains nothing for a dozen figures. The program runs bundled; from sources, as tests do, it draws
 * alone, as the thread would have to compile them once more.
 */
import { Worker } from "node:worker_threads";
import type { Answer } from "./drawing-thread.ts";
import type { Chosen, Format } from "./pictures.ts";
import type { DrawPage } from "./render-figure.ts";

export interface Drawer extends Disposable {
  /** One page after the other. @throws what drawing it throws */
  readonly draw: DrawPage;
}

/** It runs the bundle in a thread. */
const RUN_BUNDLE = new URL("../../../scripts/run-bundle.mjs", import.meta.url);
/** The bundle's place; from sources it is that of this file, or there is none. */
declare const __filename: string | undefined;

export function startDrawer(formats: readonly Format[]): Drawer {
  const own = typeof __filename === "string" ? __filename : "";
  return own.endsWith(".cjs") ? threadOf(own, formats) : { draw: drawHere(formats), [Symbol.dispose]: () => undefined };
}

const drawHere =
  (formats: readonly Format[]): DrawPage =>
  async (page, warn) => {
    const { compressed, drawPictures } = await import("./render.ts");
    return compressed(await drawPictures(page, formats, warn));
  };

interface Waiting {
  readonly warn: (message: string) => void;
  readonly done: (pictures: Chosen) => void;
  readonly failed: (reason: unknown) => void;
}

function threadOf(bundle: string, formats: readonly Format[]): Drawer {
  const thread = new Worker(RUN_BUNDLE, { workerData: { bundle, command: "figures", formats } });
  const waiting: Waiting[] = [];
  let ended: Error | undefined;
  thread.on("message", ({ pictures, warnings }: Answer) => {
    const { warn, done } = waiting.shift() as Waiting;
    for (const message of warnings) warn(message);
    done(pictures);
  });
  // By an error the thread ends, and with it the command: no page is drawn in vain.
  thread.on("error", (error) => {
    ended = error;
    for (const { failed } of waiting.splice(0)) failed(error);
  });
  return {
    draw: (page, warn) =>
      new Promise((done, failed) => {
        if (ended !== undefined) return failed(ended);
        waiting.push({ warn, done, failed });
        thread.postMessage(page);
      }),
    [Symbol.dispose]: () => {
      thread.terminate();
    },
  };
}
