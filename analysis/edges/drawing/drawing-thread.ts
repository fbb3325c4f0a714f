/** What the thread of drawer.ts does: it draws the pages that it is sent, one after the other. */
import { parentPort } from "node:worker_threads";
import type { CompiledPage } from "./compile-page.ts";
import type { Pictures } from "./render.ts";

export interface Drawn {
  readonly pictures: Pictures;
  readonly warnings: readonly string[];
}

/** Until the thread that started this one ends it. */
export function drawInThread(): void {
  const loading = import("./render.ts");
  let before: Promise<void> = Promise.resolve();
  const draw = async (page: CompiledPage): Promise<void> => {
    const { renderPictures } = await loading;
    const warnings: string[] = [];
    const pictures = await renderPictures(page, (message) => warnings.push(message));
    parentPort?.postMessage({ pictures, warnings } satisfies Drawn);
  };
  parentPort?.on("message", (page: CompiledPage) => {
    before = before.then(() => draw(page));
  });
}
