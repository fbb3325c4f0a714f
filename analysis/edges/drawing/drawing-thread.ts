/** What the thread of drawer.ts does: it draws the pages that it is sent, one after the other. */
import { parentPort, workerData } from "node:worker_threads";
import type { CompiledPage } from "./compile-page.ts";
import type { Chosen, Format } from "./pictures.ts";

/** What it is started with. */
export interface DrawingTask {
  readonly formats: readonly Format[];
}

export interface Answer {
  readonly pictures: Chosen;
  readonly warnings: readonly string[];
}

/** Until the thread that started this one ends it. */
export function drawInThread(): void {
  const { formats } = workerData as DrawingTask;
  const loading = import("./render.ts");
  let before: Promise<void> = Promise.resolve();
  let answered: Promise<void> = Promise.resolve();
  const draw = async (page: CompiledPage): Promise<void> => {
    const { compressed, drawPictures } = await loading;
    const warnings: string[] = [];
    const drawn = await drawPictures(page, formats, (message) => warnings.push(message));
    const answer = async (): Promise<void> =>
      parentPort?.postMessage({ pictures: await compressed(drawn), warnings } satisfies Answer);
    answered = answered.then(answer); // while the next page is drawn
  };
  parentPort?.on("message", (page: CompiledPage) => {
    before = before.then(() => draw(page));
  });
}
