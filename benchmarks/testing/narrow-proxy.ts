/** An engine's socket behind a proxy of HTTP, as people put one there: it forbids calls, holds headers back, takes short URLs. */
import { once } from "node:events";
import { createServer, request } from "node:http";
import { connect } from "node:net";
import { Transform } from "node:stream";

export interface NarrowProxy extends AsyncDisposable {
  readonly url: string;
}

export interface Narrowness {
  /** `METHOD PATH` of what is answered with 403. */
  readonly forbids?: RegExp;
  /** Headers wait for the first byte of what they announce. */
  readonly withholds?: boolean;
  /** `METHOD PATH` of what is never answered. */
  readonly swallows?: RegExp;
  readonly longestUrl?: number;
  /** What becomes of each line of the answers to these calls, as `METHOD PATH`. */
  readonly rewrites?: { readonly calls: RegExp; readonly line: (text: string) => string };
}

/** Passes every whole line on at once. */
function byLine(rewrite: (text: string) => string): Transform {
  let rest = "";
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const lines = (rest + chunk.toString("utf8")).split("\n");
      rest = lines.pop() ?? "";
      done(null, lines.map((line) => `${rewrite(line)}\n`).join(""));
    },
    flush: (done) => done(null, rest === "" ? "" : rewrite(rest)),
  });
}

/** @param upstream path of the engine's socket @param socket path of the proxy's own */
export async function openNarrowProxy(upstream: string, socket: string, narrow: Narrowness): Promise<NarrowProxy> {
  const server = createServer({ maxHeaderSize: 1 << 22 }, (incoming, outgoing) => {
    const { method = "GET", url = "/", headers } = incoming;
    const call = `${method} ${url}`;
    const refuse = (code: number, page: string): void => {
      incoming.resume();
      outgoing.writeHead(code, { "content-type": "text/html" }).end(page);
    };
    if (narrow.swallows?.test(call) === true) return;
    if (narrow.forbids?.test(call) === true) refuse(403, "<html><body><h1>403 Forbidden</h1>\nBy rule.\n</body></html>\n");
    else if (url.length > (narrow.longestUrl ?? Number.POSITIVE_INFINITY))
      refuse(414, "<html><head><title>414 Request-URI Too Large</title></head></html>");
    else {
      const passed = request({ socketPath: upstream, method, path: url, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        if (narrow.withholds !== true) outgoing.flushHeaders();
        if (narrow.rewrites?.calls.test(call) === true) answer.pipe(byLine(narrow.rewrites.line)).pipe(outgoing);
        else answer.pipe(outgoing);
      });
      passed.on("error", (error) => outgoing.destroy(error));
      outgoing.on("close", () => passed.destroy());
      incoming.pipe(passed);
    }
  });
  server.on("upgrade", (incoming, client, head) => {
    const lines = Object.entries(incoming.headers).map(([name, value]) => `${name}: ${value}`);
    const engine = connect(upstream, () => {
      engine.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      engine.write(head);
      engine.pipe(client).pipe(engine);
    });
    engine.on("error", () => client.destroy());
    client.on("error", () => engine.destroy());
  });
  server.requestTimeout = 0;
  server.listen(socket);
  await once(server, "listening");
  return {
    url: `unix://${socket}`,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
