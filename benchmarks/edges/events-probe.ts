/** The coarse probe: no kernel times; what the client and Docker's events show has to do. */
import type { KernelProbe } from "../ports.ts";

export const eventsProbe: KernelProbe = {
  name: "events",
  resolution: 0,
  begin: () => undefined,
  end: () => ({ lines: [], lost: 0 }),
  watch: () => {
    throw new Error("this needs the kernel's trace: run as root on the engine's host, see tierbench doctor");
  },
  [Symbol.asyncDispose]: async () => undefined,
};
