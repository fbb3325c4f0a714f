import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import type Docker from "dockerode";

/** What a container writes to its attached outputs until it ends; only the end of long output. */
export async function followedOutput(modem: Docker["modem"], output: NodeJS.ReadableStream): Promise<string> {
  const all = new PassThrough();
  modem.demuxStream(output, all, all);
  output.once("end", () => all.end()).once("close", () => all.end());
  return (await text(all)).trim().slice(-500);
}
