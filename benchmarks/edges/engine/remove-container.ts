import type Docker from "dockerode";

const PATIENCE_MS = 10_000;
const NOT_FOUND = 404;
/** The engine is removing it already. */
const CONFLICT = 409;

/** Removes a container that the engine may be removing by itself at this moment; it is gone when this resolves. */
export async function removeContainer(container: Docker.Container): Promise<void> {
  const ignoring =
    (...codes: number[]) =>
    (error: { statusCode?: number }): void => {
      if (!codes.includes(error.statusCode ?? 0)) throw error;
    };
  await container.remove({ force: true, v: true }).catch(ignoring(NOT_FOUND, CONFLICT));
  // dockerode takes the signal and gives a promise, its types do not know.
  const wait = container.wait.bind(container) as (options: object) => Promise<unknown>;
  await wait({ condition: "removed", abortSignal: AbortSignal.timeout(PATIENCE_MS) }).catch(ignoring(NOT_FOUND));
}
