/** The coarse probe: no kernel times; what the client and Docker's events show has to do. */
import type { KernelProbe } from "../ports.ts";

export const eventsProbe: KernelProbe = {
  name: "events",
  resolution: 0,
  begin: async () => undefined,
  end: async () => ({ lines: [], lost: 0, clock: undefined }),
  [Symbol.asyncDispose]: async () => undefined,
};
