/** Docker's event stream: the events of each container, and when its teardown is over. */
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type Docker from "dockerode";
import type { UnixNs } from "../../../research/units.ts";
import { EVENT_FILTERS, readEngineEvent } from "../../timeline/engine-event.ts";
import type { EventMarks, EventName } from "../../timeline/event-clock.ts";

/** What has been announced of one container. */
interface Announced {
  readonly marks: Partial<Record<EventName, UnixNs>>;
  /** Networks joined less networks left. */
  networks: number;
  readonly waiting: ((seen: boolean) => void)[];
}

/** The engine announces a teardown within milliseconds; a lost event must not stop the run. */
export const TEARDOWN_PATIENCE_MS = 5_000;

/** A stream that ends by itself sooner was none. */
const SHORTEST_STREAM_MS = 1_000;

export class EngineEvents {
  readonly #docker: Docker;
  readonly #containers = new Map<string, Announced>();
  #stream: Readable | undefined;
  #closed = false;
  /** The engine keeps no events: nothing will be announced. */
  #silent = false;

  private constructor(docker: Docker) {
    this.#docker = docker;
  }

  static async listen(docker: Docker): Promise<EngineEvents> {
    const events = new EngineEvents(docker);
    await events.#listen();
    return events;
  }

  /** The stream may be cut while the engine goes on: then it is asked for again. */
  async #listen(): Promise<void> {
    const stream = (await this.#docker.getEvents({ filters: JSON.stringify(EVENT_FILTERS) })) as Readable;
    this.#stream = stream;
    const begun = performance.now();
    const lines = createInterface({ input: stream });
    lines.on("line", (line) => this.#take(line));
    lines.on("error", () => undefined);
    stream.on("error", () => undefined);
    stream.once("close", () => {
      lines.close();
      if (this.#closed) return;
      // What was announced meanwhile is lost: nobody may wait for it. An engine that is gone is noticed by the next call.
      for (const { waiting } of this.#containers.values()) for (const resolve of waiting.splice(0)) resolve(false);
      // Asked again and again, an engine without events (Podman with events_logger none) would do little else.
      this.#silent = performance.now() - begun < SHORTEST_STREAM_MS;
      if (!this.#silent) this.#listen().catch(() => undefined);
    });
  }

  of(id: string): EventMarks {
    return this.#of(id).marks;
  }

  /** Waits for it. @returns whether it was announced */
  async tornDown(id: string): Promise<boolean> {
    const announced = this.#of(id);
    if (isOver(announced)) return true;
    if (this.#silent) return false;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, TEARDOWN_PATIENCE_MS, false);
      announced.waiting.push((seen) => {
        clearTimeout(timer);
        resolve(seen);
      });
    });
  }

  close(): void {
    this.#closed = true;
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
    const announced = this.#of(event.container);
    if ("mark" in event) announced.marks[event.mark] = event.at;
    else announced.networks += event.networks;
    if (isOver(announced)) for (const resolve of announced.waiting.splice(0)) resolve(true);
  }
}

const isOver = ({ marks, networks }: Announced): boolean => marks.event_destroy !== undefined && networks <= 0;
