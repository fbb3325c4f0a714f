/** The coarse probe: no kernel times, only what the client and Docker's events show. */
import type { KernelProbe } from "../../design/ports.ts";

export const eventsProbe: KernelProbe = {
  name: "events",
  resolution: 0,
  begin: async () => undefined,
  end: async () => ({ lines: [], lost: 0, clock: undefined }),
  watch: async () => {
    throw new Error("this needs the kernel's trace: tierbench doctor says what prevents it");
  },
  [Symbol.asyncDispose]: async () => undefined,
};
