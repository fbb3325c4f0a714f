/** What a container said so far, and who waits for something of it. */
import type { ClockNs } from "../../../../research/units.ts";

/** Of each stream, for a pattern that begins in one chunk and ends in another; a service may say megabytes. */
const KEPT = 65_536;
/** Chunks that are kept with their times until somebody asks, which is soon. */
const EARLY = 64;

type Stream = "stdout" | "stderr";

interface Said {
  readonly at: ClockNs;
  readonly stream: Stream;
  readonly text: string;
}

export class Heard {
  readonly #texts: Record<Stream, string> = { stdout: "", stderr: "" };
  readonly #waiting: { readonly pattern: RegExp; readonly tell: (at: ClockNs | undefined) => void }[] = [];
  /** Until somebody asks. */
  #early: Said[] | undefined = [];
  #ended = false;

  take(stream: Stream, at: ClockNs, text: string): void {
    this.#texts[stream] = (this.#texts[stream] + text).slice(-KEPT);
    this.#early?.push({ at, stream, text });
    if ((this.#early?.length ?? 0) > EARLY) this.#early?.shift();
    for (const each of [...this.#waiting]) {
      if (!each.pattern.test(this.#texts[stream])) continue;
      this.#waiting.splice(this.#waiting.indexOf(each), 1);
      each.tell(at);
    }
  }

  end(): void {
    this.#ended = true;
    for (const { tell } of this.#waiting.splice(0)) tell(undefined);
  }

  /** When the text so far matches. */
  said(pattern: RegExp): Promise<ClockNs | undefined> {
    const early = this.#early ?? [];
    this.#early = undefined;
    const texts: Record<Stream, string> = { stdout: "", stderr: "" };
    for (const { at, stream, text } of early) {
      texts[stream] = (texts[stream] + text).slice(-KEPT);
      if (pattern.test(texts[stream])) return Promise.resolve(at);
    }
    if (this.#ended) return Promise.resolve(undefined);
    return new Promise((tell) => this.#waiting.push({ pattern, tell }));
  }
}
