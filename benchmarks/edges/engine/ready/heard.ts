/** What a container said so far, and who waits for something of it. */
import type { ClockNs } from "../../../../research/units.ts";

/** Of each stream, for a pattern that begins in one chunk and ends in another; a service may say megabytes. */
const KEPT = 65_536;

type Stream = "stdout" | "stderr";

export class Heard {
  readonly #texts: Record<Stream, string> = { stdout: "", stderr: "" };
  readonly #waiting: { readonly pattern: RegExp; readonly tell: (at: ClockNs | undefined) => void }[] = [];
  #last: ClockNs | undefined;
  #ended = false;

  take(stream: Stream, at: ClockNs, text: string): void {
    this.#texts[stream] = (this.#texts[stream] + text).slice(-KEPT);
    this.#last = at;
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

  /** When the text so far matches; at the latest, what was said before anybody asked. */
  said(pattern: RegExp): Promise<ClockNs | undefined> {
    if (Object.values(this.#texts).some((text) => pattern.test(text))) return Promise.resolve(this.#last);
    if (this.#ended) return Promise.resolve(undefined);
    return new Promise((tell) => this.#waiting.push({ pattern, tell }));
  }
}
