/**
 * A process of ours in another network namespace, which asks ports there. One is enough for all starts: to begin takes it as
 * much processor time as a third of a start.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import type { Answered, Question } from "./ask-port.js";

const SCRIPT = fileURLToPath(new URL("./ask-port.js", import.meta.url));

interface Waiting {
  readonly resolve: (answered: Answered) => void;
  readonly reject: (reason: Error) => void;
}

export class Asker implements Disposable {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  #errors = "";
  #ended: Error | undefined;

  /** @param network file of the namespace, such as `/proc/7/ns/net` */
  constructor(network: string) {
    this.#child = spawn("nsenter", [`--net=${network}`, execPath, SCRIPT], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      // Times are bigint.
      serialization: "advanced",
    });
    this.#child.stderr?.on("data", (text: Buffer) => {
      this.#errors = (this.#errors + text.toString("utf8")).slice(-500);
    });
    this.#child.on("message", (message) => {
      const { id, answered } = message as { readonly id: number; readonly answered: Answered };
      this.#waiting.get(id)?.resolve(answered);
    });
    this.#child.once("error", ({ message }) => this.#end(message));
    this.#child.once("close", (code) => this.#end(this.#errors.trim() || `it ended with code ${code}`));
    // Between two starts nothing of it keeps this process alive.
    this.#child.unref();
    this.#child.channel?.unref();
    (this.#child.stderr as { unref?: () => void } | null)?.unref?.();
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** @throws the signal's reason; Error where the namespace cannot be entered */
  async answer(question: Question, signal: AbortSignal): Promise<Answered> {
    if (this.#ended !== undefined) throw this.#ended;
    signal.throwIfAborted();
    this.#last += 1;
    const id = this.#last;
    const stop = new AbortController();
    try {
      return await new Promise<Answered>((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        const giveUp = (): void => {
          this.#tell({ id });
          reject(signal.reason);
        };
        signal.addEventListener("abort", giveUp, { signal: stop.signal });
        this.#tell({ id, question });
      });
    } finally {
      stop.abort();
      this.#waiting.delete(id);
    }
  }

  [Symbol.dispose](): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  /** To one that has ended: `close` says why. */
  #tell(message: { readonly id: number; readonly question?: Question }): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #end(reason: string): void {
    this.#ended ??= new Error(`the network where the port is asked cannot be entered: ${reason}`);
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
  }
}
