/** A sweep clears this whole host: of two tests that sweep at once, one would find its own leftovers gone. */
import { once } from "node:events";
import { connect, createServer } from "node:net";

/** A name of the kernel's, which ends with its process. */
const TURN = "\0tierbench-test-sweep";

/** Waits until no other test of this machine has the turn. Take it before the first leftover is made. */
export async function sweepTurn(): Promise<AsyncDisposable> {
  for (;;) {
    const server = createServer();
    const mine = await new Promise<boolean>((resolve, reject) => {
      server.once("error", (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" ? resolve(false) : reject(error)));
      server.listen(TURN, () => resolve(true));
    });
    if (mine) {
      const waiting = new Set<{ destroy: () => unknown }>();
      server.on("connection", (socket) => waiting.add(socket.on("error", () => undefined)));
      return {
        [Symbol.asyncDispose]: async () => {
          const closed = once(server, "close");
          server.close();
          for (const socket of waiting) socket.destroy();
          await closed;
        },
      };
    }
    await new Promise((resolve) => {
      connect(TURN)
        .on("error", () => undefined)
        .on("close", resolve);
    });
  }
}
