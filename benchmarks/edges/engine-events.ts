/** Docker's event stream: the events of each container, and when its teardown is over. */
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type Docker from "dockerode";
import { z } from "zod";
import { type UnixNs, unixNs } from "../../research/units.ts";
import type { EventMarks, EventName } from "../event-clock.ts";

const event = z.object({
  Type: z.string(),
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()).nullish() }),
});

const MARKS: Readonly<Record<string, EventName>> = {
  create: "event_create",
  start: "event_start",
  die: "event_die",
  destroy: "event_destroy",
};

/** What has been announced of one container. */
interface Announced {
  readonly marks: Partial<Record<EventName, UnixNs>>;
  /** Networks joined less networks left. */
  networks: number;
  readonly waiting: (() => void)[];
}

/** The engine announces a teardown within milliseconds; a lost event must not stop the run. */
const TEARDOWN_PATIENCE_MS = 5_000;

export class EngineEvents {
  readonly #docker: Docker;
  readonly #containers = new Map<string, Announced>();
  #stream: Readable | undefined;
  #closed = false;

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
    const filters = { type: ["container", "network"], event: [...Object.keys(MARKS), "connect", "disconnect"] };
    const stream = (await this.#docker.getEvents({ filters: JSON.stringify(filters) })) as Readable;
    this.#stream = stream;
    const lines = createInterface({ input: stream });
    lines.on("line", (line) => this.#take(line));
    lines.on("error", () => undefined);
    stream.on("error", () => undefined);
    stream.once("close", () => {
      lines.close();
      if (this.#closed) return;
      // What was announced meanwhile is lost: nobody may wait for it. An engine that is gone is noticed by the next call.
      for (const { waiting } of this.#containers.values()) for (const resolve of waiting.splice(0)) resolve();
      this.#listen().catch(() => undefined);
    });
  }

  of(id: string): EventMarks {
    return this.#of(id).marks;
  }

  async tornDown(id: string): Promise<void> {
    const announced = this.#of(id);
    if (isOver(announced)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, TEARDOWN_PATIENCE_MS);
      announced.waiting.push(() => {
        clearTimeout(timer);
        resolve();
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
    // timeNano has more digits than a double holds, so it is read from the text.
    const time = /"timeNano":(\d{1,19})\b/.exec(line)?.[1];
    const parsed = event.safeParse(parseJson(line));
    if (!parsed.success || time === undefined) return;
    const { Type, Action, Actor } = parsed.data;
    if (Type === "container") {
      const name = MARKS[Action];
      if (name !== undefined) this.#of(Actor.ID).marks[name] = unixNs(BigInt(time));
      this.#announce(Actor.ID);
    } else if (Type === "network") {
      const id = Actor.Attributes?.container;
      if (id === undefined) return;
      this.#of(id).networks += Action === "connect" ? 1 : -1;
      this.#announce(id);
    }
  }

  #announce(id: string): void {
    const announced = this.#of(id);
    if (isOver(announced)) for (const resolve of announced.waiting.splice(0)) resolve();
  }
}

const isOver = ({ marks, networks }: Announced): boolean => marks.event_destroy !== undefined && networks <= 0;

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
