/** What a container writes, each piece stamped when it is received. */
import { hrtime } from "node:process";
import type Docker from "dockerode";
import { type ClockNs, clockNs } from "../../../../research/units.ts";
import type { Output, OutputChunk } from "../../../design/ports.ts";
import { readable, sink } from "../../streams.ts";
import { Heard } from "../ready/heard.ts";

/** Only the end of a container's errors is shown. */
const MOST_ERROR_TEXT = 4_096;

/** @param attached what the engine answered @param isTerminal one stream, without frames */
export function attachedOutput(attached: NodeJS.ReadWriteStream, { modem }: Docker.Container, isTerminal: boolean): Output {
  const stream = readable(attached);
  const chunks: OutputChunk[] = [];
  let errors = "";
  let bytes = 0;
  let isWhole = false;
  const heard = new Heard();
  let first: (at: ClockNs | undefined) => void;
  const firstByte = new Promise<ClockNs | undefined>((resolve) => {
    first = resolve;
  });
  let say: (text: string | undefined) => void;
  const firstWords = new Promise<string | undefined>((resolve) => {
    say = resolve;
  });
  const ended = new Promise<void>((resolve) => {
    const take = (chunk: Buffer): void => {
      bytes += chunk.length;
      const at = clockNs(hrtime.bigint());
      first(at);
      const text = chunk.toString("latin1");
      chunks.push({ at, text });
      say(text);
      heard.take("stdout", at, chunk.toString("utf8"));
    };
    const takeError = (chunk: Buffer): void => {
      const at = clockNs(hrtime.bigint());
      bytes += chunk.length;
      first(at);
      heard.take("stderr", at, chunk.toString("utf8"));
      errors = (errors + chunk.toString("utf8")).slice(-MOST_ERROR_TEXT);
    };
    if (isTerminal) stream.on("data", take);
    else modem.demuxStream(stream, sink(take), sink(takeError));
    const end = (): void => {
      first(undefined);
      say(undefined);
      heard.end();
      resolve();
    };
    const endWhole = (): void => {
      isWhole = true;
      end();
    };
    stream.once("end", endWhole).once("close", end).once("error", end);
  });
  const close = (): void => void stream.destroy();
  const received = (): number | undefined => (isWhole ? bytes : undefined);
  return {
    ...{ firstByte, firstWords, ended, received, close },
    said: (pattern) => heard.said(pattern),
    chunks: () => chunks,
    errors: () => errors,
  };
}
