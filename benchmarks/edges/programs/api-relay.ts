/**
 * Stands between the docker command and the engine's socket, and stamps the calls that pass. Every byte is handed on as it
 * came, so that whoever speaks through it is answered as ever.
 */
import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";
import { hrtime } from "node:process";
import { clockNs } from "../../../research/units.ts";
import type { ApiCall, ApiCalls } from "../../design/ports.ts";

export interface ApiRelay extends AsyncDisposable {
  readonly url: string;
  /** What has passed since it was last asked, or opened. */
  readonly take: () => { readonly containerId: string | undefined; readonly calls: ApiCalls };
}

type Kind = "create" | "attach" | "start" | "wait";

/** A request begins a piece: a client writes it at once, and no second one before the first is answered. */
const REQUEST = /^[A-Z]+ (\S+) HTTP\/1\.1\r\n/;
const CALL = /^(?:\/v[\d.]+)?\/containers\/(?:(create)|[^/?]+\/(attach|start|wait))(?:\?|$)/;
/** A wait that its client gave up is answered, too, with an error. */
const WAITED = /^(?!.*"Error":\s*\{).*"StatusCode":/s;
const MOST_REQUEST_LINE = 4_096;
const HEAD_END = "\r\n\r\n";

/** @param upstream path of the engine's socket @param socket path of its own */
export async function openApiRelay(upstream: string, socket: string): Promise<ApiRelay> {
  let calls: Partial<Record<ApiCall, ReturnType<typeof clockNs>>> = {};
  let containerId: string | undefined;
  const mark = (call: ApiCall): void => {
    calls[call] ??= clockNs(hrtime.bigint());
  };
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const engine = createConnection({ path: upstream, allowHalfOpen: true });
    for (const [one, other] of [
      [client, engine],
      [engine, client],
    ] as const) {
      sockets.add(one);
      one.on("error", () => undefined);
      one.once("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    let kind: Kind | undefined;
    let answer = "";
    client.on("data", (piece: Buffer) => {
      const path = REQUEST.exec(piece.toString("latin1", 0, MOST_REQUEST_LINE))?.[1];
      if (path === undefined) return;
      const call = CALL.exec(path);
      kind = (call?.[1] ?? call?.[2]) as Kind | undefined;
      answer = "";
      if (kind === "create" || kind === "start") mark(`${kind}_sent`);
    });
    engine.on("data", (piece: Buffer) => {
      if (kind === undefined) return;
      if (kind === "create" || kind === "start") mark(`${kind}_done`);
      const isOutput = answer.includes(HEAD_END);
      if (kind === "attach" && isOutput) mark("first_byte");
      // Of an attached container only the head is wanted, and the others' answers are short.
      if (kind !== "attach" || !isOutput) answer += piece.toString("latin1");
      const body = answer.slice(answer.indexOf(HEAD_END) + HEAD_END.length);
      if (kind === "attach" && !isOutput && answer.includes(HEAD_END) && body !== "") mark("first_byte");
      if (kind === "create") containerId = /"Id":\s*"([0-9a-f]{64})"/.exec(body)?.[1] ?? containerId;
      if (kind === "wait" && WAITED.test(body)) mark("removed");
    });
    client.pipe(engine).pipe(client);
  });
  server.listen(socket);
  await once(server, "listening");
  return {
    url: `unix://${socket}`,
    take: () => {
      const taken = { containerId, calls };
      [containerId, calls] = [undefined, {}];
      return taken;
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      for (const open of sockets) open.destroy();
      await closed;
    },
  };
}
