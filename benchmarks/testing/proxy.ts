/** An engine's socket behind a TCP port of this machine, as a remote engine is met: with a delay each way, with TLS. */
import { once } from "node:events";
import { type AddressInfo, createConnection, createServer, type Server, type Socket } from "node:net";
import { Transform } from "node:stream";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

export interface Delay {
  readonly thereMs: number;
  readonly backMs: number;
}

export interface EngineProxy extends AsyncDisposable {
  readonly port: number;
}

/**
 * @param socketPath of the engine
 * @param address of this machine, to listen on
 */
export async function openProxy(
  socketPath: string,
  delay: Delay = { thereMs: 0, backMs: 0 },
  tls?: TlsOptions,
  address = "127.0.0.1",
): Promise<EngineProxy> {
  const sockets = new Set<Socket>();
  const take = (client: Socket): void => {
    // With half-open sockets: an end on one side is passed on to the other, no more.
    const engine = createConnection({ path: socketPath, allowHalfOpen: true });
    for (const [socket, other] of [
      [client, engine],
      [engine, client],
    ] as const) {
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.once("close", () => other.destroy());
    }
    client.pipe(delayed(delay.thereMs)).pipe(engine);
    engine.pipe(delayed(delay.backMs)).pipe(client);
  };
  const server: Server =
    tls === undefined
      ? createServer({ allowHalfOpen: true }, take)
      : createTlsServer({ allowHalfOpen: true, ...tls }, take).on("tlsClientError", () => undefined);
  // Those, too, whose TLS handshake fails.
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(0, address);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Passes every piece on after the same time, in order. */
function delayed(ms: number): Transform {
  return new Transform({
    highWaterMark: 1 << 24,
    transform(chunk, _encoding, done) {
      if (ms === 0) {
        done(null, chunk);
        return;
      }
      setTimeout(() => this.push(chunk), ms);
      done();
    },
    flush(done) {
      setTimeout(done, ms);
    },
  });
}
