/** Idle containers, as many as a trial needs. */
import { milliseconds } from "../../research/units.ts";
import type { ContainerRequest, Engine } from "../design/ports.ts";
import { settleAll } from "./settle-all.ts";

/** More at once would not start sooner on a small machine. */
const AT_ONCE = 4;
const START_TIMEOUT = milliseconds(60_000);

export class IdleContainers implements AsyncDisposable {
  readonly #engine: Engine;
  readonly #ids: string[] = [];
  readonly #announced: string[] = [];

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  get ids(): readonly string[] {
    return this.#ids;
  }

  /** What each wrote first, in the order of writing. */
  get announced(): readonly string[] {
    return this.#announced;
  }

  /**
   * Starts or removes as many as it takes.
   * @throws Error when one cannot be started
   */
  async resize(count: number, request: ContainerRequest, signal: AbortSignal): Promise<void> {
    const missing = Math.max(0, count - this.#ids.length);
    await this.add(
      Array.from({ length: missing }, () => request),
      signal,
    );
    await this.#remove(this.#ids.splice(count));
  }

  /** @throws Error when one cannot be started */
  async add(requests: readonly ContainerRequest[], signal: AbortSignal): Promise<void> {
    const left = [...requests];
    while (left.length > 0) await settleAll(left.splice(0, AT_ONCE).map((request) => this.#start(request, signal)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#remove(this.#ids.splice(0));
  }

  async #start(request: ContainerRequest, signal: AbortSignal): Promise<void> {
    const timeout = AbortSignal.timeout(START_TIMEOUT);
    // Not interruptible: the engine would still create the container, and nothing would remove it.
    const id = await this.#engine.create(request, timeout);
    this.#ids.push(id);
    const output = await this.#engine.attach(id, timeout);
    await this.#engine.start(id, timeout);
    // Its program runs, and is past its start, when it has written.
    const words = await output.firstWords;
    if (words === undefined) throw new Error(`an idle container ended: ${output.errors().trim()}`);
    this.#announced.push(words);
    output.close();
    signal.throwIfAborted();
  }

  async #remove(ids: readonly string[]): Promise<void> {
    const left = [...ids];
    while (left.length > 0) {
      await settleAll(
        left.splice(0, AT_ONCE).map(async (id) => {
          await this.#engine.remove(id);
          await this.#engine.tornDown(id);
        }),
      );
    }
  }
}
