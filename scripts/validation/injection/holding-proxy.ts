/** A proxy in front of an engine's unix socket that can hold the requests to create and to start a container. */
import { createServer, type IncomingMessage, type RequestOptions, request } from "node:http";
import type { Duplex } from "node:stream";
import { hold as wait } from "./hold.ts";

export interface HoldingProxy extends AsyncDisposable {
  readonly url: string;
  /** From now on. @param milliseconds 0 passes the request on at once */
  readonly hold: (milliseconds: Readonly<Record<Held, number>>) => void;
  /** How long requests were really held since `hold` was last called, in ns. */
  readonly held: () => bigint;
}

type Held = "create" | "start";

/** @param upstream path of the engine's socket @param socket path of the proxy's own */
export async function openHoldingProxy(upstream: string, socket: string): Promise<HoldingProxy> {
  let wanted: Readonly<Record<Held, number>> = { create: 0, start: 0 };
  let total = 0n;
  const onward = ({ method, url, headers }: IncomingMessage): RequestOptions => ({
    socketPath: upstream,
    method: method ?? "GET",
    path: url ?? "/",
    headers,
  });
  const hold = async (held: Held | undefined): Promise<void> => {
    if (held !== undefined) total += await wait(wanted[held]);
  };
  const server = createServer(async (incoming, outgoing) => {
    await hold(heldBy(incoming));
    const passed = request(onward(incoming), (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers).flushHeaders();
      answer.pipe(outgoing);
    });
    passed.on("error", () => outgoing.destroy());
    outgoing.on("close", () => passed.destroy());
    incoming.pipe(passed);
  });
  // A client that attaches may ask for the bare connection: then both ends are joined.
  server.on("upgrade", (incoming: IncomingMessage, client: Duplex, head: Buffer) => {
    const passed = request(onward(incoming));
    passed.on("error", () => client.destroy());
    passed.on("upgrade", (answer, engine, first) => {
      client.write(`HTTP/1.1 101 Switching Protocols\r\n${headerLines(answer)}\r\n`);
      client.write(first);
      engine.write(head);
      engine.pipe(client).pipe(engine);
      engine.on("error", () => client.destroy());
      client.on("error", () => engine.destroy());
    });
    passed.end();
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(socket, resolve));
  return {
    url: `unix://${socket}`,
    hold: (milliseconds) => {
      wanted = milliseconds;
      total = 0n;
    },
    held: () => total,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function heldBy({ method, url }: IncomingMessage): Held | undefined {
  const call = /^(?:\/v[\d.]+)?\/containers\/(?:(create)|[^/]+\/(start))(?:\?|$)/.exec(method === "POST" ? (url ?? "") : "");
  return (call?.[1] ?? call?.[2]) as Held | undefined;
}

const headerLines = ({ rawHeaders }: IncomingMessage): string =>
  rawHeaders.map((part, index) => (index % 2 === 0 ? `${part}: ` : `${part}\r\n`)).join("");
