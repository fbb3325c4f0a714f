/** The coarse probe: no kernel times; what the client and Docker's events show has to do. */
import type { KernelProbe } from "../../design/ports.ts";

export const eventsProbe: KernelProbe = {
  name: "events",
  resolution: 0,
  begin: async () => undefined,
  end: async () => ({ lines: [], lost: 0, clock: undefined }),
  watch: async () => {
    throw new Error("this needs the kernel's trace: see tierbench doctor for what keeps it away");
  },
  [Symbol.asyncDispose]: async () => undefined,
};
