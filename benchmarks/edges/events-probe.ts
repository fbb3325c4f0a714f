/** The coarse probe: no kernel times; what the client and Docker's events show has to do. */
import type { KernelProbe } from "../ports.ts";

export const eventsProbe: KernelProbe = {
  name: "events",
  resolution: 0,
  begin: () => undefined,
  end: () => ({ lines: [], lost: 0 }),
  [Symbol.asyncDispose]: async () => undefined,
};
