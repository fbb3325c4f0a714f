/** Docker's event stream: the events of each container, and the end of its teardown. */
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as setTimer } from "node:timers";
import { setTimeout } from "node:timers/promises";
import type Docker from "dockerode";
import type { UnixNs } from "../../../research/units.ts";
import { EVENT_FILTERS, readEngineEvent } from "../../timeline/engine-event.ts";
import type { EventMarks, EventName } from "../../timeline/event-clock.ts";
import { readable } from "../streams.ts";
import { CallError } from "./call-error.ts";

/** What has been announced of one container. */
interface Announced {
  readonly marks: Partial<Record<EventName, UnixNs>>;
  /** Networks joined less networks left. */
  networks: number;
  /** When it left the last. */
  left?: UnixNs;
  readonly waiting: ((seen: boolean) => void)[];
}

/** The engine announces a teardown within milliseconds; a lost event must not stall the run. */
export const TEARDOWN_PATIENCE_MS = 5_000;

/** A stream that ends sooner by itself does not count as one. */
const SHORTEST_STREAM_MS = 1_000;

/** Podman 5 and some proxies send no header before the first event: nobody waits for that longer than an answer takes. */
const ANSWER_PATIENCE_MS = 1_000;

export class EngineEvents {
  readonly #docker: Docker;
  readonly #containers = new Map<string, Announced>();
  #stream: Readable | undefined;
  readonly #closing = new AbortController();
  /** The engine keeps no events, or refuses them: nothing will be announced. */
  #silent = false;
  /** The engine has answered, if only with an error. */
  #answered = false;
  #problem: CallError | undefined;
  /** The engine, or a proxy before it, sends the header of a stream together with the first of its content. */
  #withheld = false;

  private constructor(docker: Docker) {
    this.#docker = docker;
  }

  /** An engine that does not answer at once, or refuses, is no reason not to measure. */
  static async listen(docker: Docker): Promise<EngineEvents> {
    const events = new EngineEvents(docker);
    const patience = setTimeout(ANSWER_PATIENCE_MS, undefined, { ref: false });
    await Promise.race([events.#listen(), patience]);
    events.#withheld = !events.#answered;
    return events;
  }

  /** Why there are no events, when the engine refuses them. */
  get problem(): CallError | undefined {
    return this.#problem;
  }

  get withheld(): boolean {
    return this.#withheld;
  }

  async #listen(): Promise<void> {
    try {
      // dockerode takes the signal, its types do not know.
      const options = { filters: JSON.stringify(EVENT_FILTERS), abortSignal: this.#closing.signal };
      this.#follow(readable(await this.#docker.getEvents(options)));
    } catch (error) {
      // The next call notices an engine that is gone.
      if (error instanceof CallError && error.statusCode !== undefined) this.#problem = error;
      this.#silence();
    }
    this.#answered = true;
  }

  /** Ends every wait. */
  #silence(): void {
    this.#silent = true;
    for (const { waiting } of this.#containers.values()) for (const resolve of waiting.splice(0)) resolve(false);
  }

  /** The stream may break while the engine runs: then it is requested again. */
  #follow(stream: Readable): void {
    this.#stream = stream;
    const begun = performance.now();
    const lines = createInterface({ input: stream });
    lines.on("line", (line) => this.#take(line));
    lines.on("error", () => undefined);
    stream.on("error", () => undefined);
    stream.once("close", () => {
      lines.close();
      if (this.#closing.signal.aborted) return;
      // Events in between are lost: nothing may wait for them.
      this.#silence();
      // Asked again and again, an engine without events (Podman with events_logger none) would do little else.
      this.#silent = performance.now() - begun < SHORTEST_STREAM_MS;
      if (!this.#silent) this.#listen();
    });
  }

  of(id: string): EventMarks {
    return this.#of(id).marks;
  }

  leftNetworkAt(id: string): UnixNs | undefined {
    return this.#of(id).left;
  }

  /** Waits for it. @returns whether it was announced */
  async tornDown(id: string): Promise<boolean> {
    const announced = this.#of(id);
    if (isOver(announced)) return true;
    if (this.#silent) return false;
    return new Promise((resolve) => {
      const timer = setTimer(() => {
        // A whole container's life passed without a header: later events are not awaited.
        if (!this.#answered) this.#silent = true;
        resolve(false);
      }, TEARDOWN_PATIENCE_MS);
      announced.waiting.push((seen) => {
        clearTimeout(timer);
        resolve(seen);
      });
    });
  }

  close(): void {
    this.#closing.abort();
    this.#stream?.destroy();
  }

  #of(id: string): Announced {
    const known = this.#containers.get(id);
    if (known !== undefined) return known;
    const fresh: Announced = { marks: {}, networks: 0, waiting: [] };
    this.#containers.set(id, fresh);
    return fresh;
  }

  #take(line: string): void {
    const event = readEngineEvent(line);
    if (event === undefined) return;
    this.#silent = false;
    const announced = this.#of(event.container);
    if ("mark" in event) announced.marks[event.mark] = event.at;
    else {
      announced.networks += event.networks;
      if (event.networks < 0) announced.left = event.at;
    }
    if (isOver(announced)) for (const resolve of announced.waiting.splice(0)) resolve(true);
  }
}

const isOver = ({ marks, networks }: Announced): boolean => marks.event_destroy !== undefined && networks <= 0;
