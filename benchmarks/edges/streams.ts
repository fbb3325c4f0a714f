/** dockerode's streams with precise types. */
import { Duplex, Readable, Writable } from "node:stream";

/** Handles every chunk at the moment of its write, so that a clock read there shows when it arrived. */
export const sink = (take: (chunk: Buffer) => void): Writable =>
  new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      take(chunk);
      done();
    },
  });

export const readable = (stream: NodeJS.ReadableStream): Readable =>
  stream instanceof Readable ? stream : new Readable().wrap(stream);

/** @throws Error when it can only be read or only written */
export function duplex(stream: NodeJS.ReadWriteStream): Duplex {
  if (stream instanceof Duplex) return stream;
  throw new Error("expected a stream that can be read, written and destroyed");
}
