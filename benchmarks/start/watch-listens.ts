import type { KernelProbe } from "../design/ports.ts";
import type { Until } from "../design/until.ts";
import { LISTEN_EVENTS } from "../timeline/trace-line.ts";

/** While a port is waited for, the kernel tells who listens; a probe that sees nothing of it leaves that to questions. */
export const watchListens = async (probe: KernelProbe, until: Until | undefined): Promise<AsyncDisposable | undefined> =>
  until?.kind === "port" ? probe.watch({ events: LISTEN_EVENTS }).catch(() => undefined) : undefined;
