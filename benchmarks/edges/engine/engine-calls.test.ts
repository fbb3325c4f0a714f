import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { openCalls } from "./engine-calls.ts";

test("as many calls as a burst makes may wait at once: an interrupt ends them all, and Node warns of no leak", async () => {
  const asked: string[] = [];
  await using server = createServer(({ url = "" }) => asked.push(url)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const warnings: Error[] = [];
  const note = (warning: Error): unknown => warnings.push(warning);
  process.on("warning", note);
  try {
    const interruption = new AbortController();
    const docker = openCalls(
      { protocol: "http", host: "127.0.0.1", port },
      { interruption: interruption.signal, say: undefined },
    );
    const calls = Array.from({ length: 12 }, () => docker.version().catch((error: Error) => error.message));
    await expect.poll(() => asked.length).toBe(12);
    interruption.abort(new Error("interrupted"));
    expect(await Promise.all(calls)).toEqual(Array(12).fill("interrupted"));
    await setImmediate();
    expect(warnings).toEqual([]);
  } finally {
    process.off("warning", note);
    server.closeAllConnections();
  }
});
