/** What the thread of drawer.ts does: it draws the pages that it is sent, one after the other. */
import { parentPort } from "node:worker_threads";
import type { CompiledPage } from "./compile-page.ts";
import type { Pictures } from "./render.ts";

export interface Answer {
  readonly pictures: Pictures;
  readonly warnings: readonly string[];
}

/** Until the thread that started this one ends it. */
export function drawInThread(): void {
  const loading = import("./render.ts");
  let before: Promise<void> = Promise.resolve();
  let answered: Promise<void> = Promise.resolve();
  const draw = async (page: CompiledPage): Promise<void> => {
    const { drawPictures } = await loading;
    const warnings: string[] = [];
    const { svg, png, pdf } = await drawPictures(page, (message) => warnings.push(message));
    const answer = async (): Promise<void> =>
      parentPort?.postMessage({ pictures: { svg, png: await png, pdf }, warnings } satisfies Answer);
    answered = answered.then(answer); // while the next page is drawn
  };
  parentPort?.on("message", (page: CompiledPage) => {
    before = before.then(() => draw(page));
  });
}
