import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type HoldingProxy, openHoldingProxy } from "./holding-proxy.ts";

let folder: string;
let engine: Server;
let proxy: HoldingProxy;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tierbench-proxy-"));
  engine = createServer((incoming, answer) => {
    answer.writeHead(201, { "x-asked": `${incoming.method} ${incoming.url}` });
    incoming.pipe(answer);
  });
  engine.on("upgrade", (_, socket: Duplex) => {
    socket.write("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nfirst ");
    socket.on("data", (data: Buffer) => socket.end(`echo ${data}`));
  });
  await new Promise<void>((resolve) => engine.listen(join(folder, "engine.sock"), resolve));
  proxy = await openHoldingProxy(join(folder, "engine.sock"), join(folder, "proxy.sock"));
});
afterEach(async () => {
  await proxy[Symbol.asyncDispose]();
  engine.closeAllConnections();
  engine.close();
  rmSync(folder, { recursive: true });
});

const ask = (method: string, path: string, body = ""): Promise<{ status: number | undefined; asked: unknown; text: string }> =>
  new Promise((resolve, reject) => {
    const asked = request({ socketPath: join(folder, "proxy.sock"), method, path }, async (answer) => {
      let text = "";
      for await (const chunk of answer) text += chunk;
      resolve({ status: answer.statusCode, asked: answer.headers["x-asked"], text });
    });
    asked.on("error", reject).end(body);
  });

it("passes requests on as they are", async () => {
  expect(await ask("POST", "/v1.41/images/create?x=y", "a body")).toEqual({
    status: 201,
    asked: "POST /v1.41/images/create?x=y",
    text: "a body",
  });
});

it("holds what it is told to hold, and nothing else", async () => {
  proxy.hold({ create: 20, start: 0 });
  await ask("POST", "/v1.41/containers/abc/start");
  await ask("GET", "/v1.41/containers/create");
  await ask("POST", "/v1.41/containers/abc/wait");
  expect(proxy.held()).toBe(0n);
  await ask("POST", "/v1.41/containers/create?name=start");
  expect(proxy.held()).toBeGreaterThanOrEqual(20_000_000n);
  proxy.hold({ create: 0, start: 5 });
  expect(proxy.held()).toBe(0n);
  await ask("POST", "/containers/abc/start");
  expect(proxy.held()).toBeGreaterThanOrEqual(5_000_000n);
});

it("joins both ends of a connection that is upgraded", async () => {
  const text = await new Promise<string>((resolve, reject) => {
    const asked = request({
      socketPath: join(folder, "proxy.sock"),
      method: "POST",
      path: "/v1.41/containers/abc/attach",
      headers: { Connection: "Upgrade", Upgrade: "tcp" },
    });
    asked.on("error", reject).on("upgrade", async (answer, socket, head) => {
      expect(answer.statusCode).toBe(101);
      socket.write("ping");
      let all = String(head);
      for await (const chunk of socket) all += chunk;
      resolve(all);
    });
    asked.end();
  });
  expect(text).toBe("first echo ping");
});
