/** A program that says by its own clock when it began to listen, which is the machine's, as that of our times. */
import type { ObservedStart } from "../../../benchmarks/start/observe-start.ts";
import { type ClockNs, clockNs } from "../../../research/units.ts";

export const PORT = 8080;

/** In the large image. It waits a little first, so that questions come too early, and answers each with status 200. */
export const LISTENER: readonly string[] = [
  "python3",
  "-c",
  `import socket, time
now = lambda: time.clock_gettime_ns(time.CLOCK_MONOTONIC)
server = socket.socket()
server.bind(("", ${PORT}))
time.sleep(0.05)
before = now()
server.listen()
print(before, now(), flush=True)
while True:
    client, _ = server.accept()
    try:
        client.recv(4096)
        client.sendall(b"HTTP/1.0 200 OK\\r\\n\\r\\n")
    except OSError:
        pass
    client.close()
`,
];

export interface Stamps {
  readonly before: ClockNs;
  readonly after: ClockNs;
}

/** Of the call. @throws Error where the listener said nothing of the kind */
export function stampsOf({ output, problem }: Pick<ObservedStart, "output" | "problem">): Stamps {
  const said = output.map(({ text }) => text).join("");
  const [, before, after] = /^(\d+) (\d+)\n/.exec(said) ?? [];
  if (before === undefined || after === undefined) throw new Error(`the listener said ${JSON.stringify(said)}: ${problem}`);
  return { before: clockNs(BigInt(before)), after: clockNs(BigInt(after)) };
}
