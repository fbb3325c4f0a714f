/** startup, whose images, command and variants are the session's. */
import { identityOf } from "../../../research/image-identity.ts";
import type { Session } from "../../../research/manifest.ts";
import { type StartupRow, startupCondition, startupTable } from "../../../research/tables/startup.ts";
import type { Context } from "../context.ts";
import { gatherer, measuredTable } from "../measured-table.ts";
import { readyTime } from "../metrics/ready-time.ts";
import { START, START_METRICS } from "../metrics/start-metrics.ts";
import { byProbe } from "./trials.ts";

/** Of the condition's variant; of a session without any there are none. */
function flagsOf(session: Session | undefined, planned: string): Pick<Context, "flags"> {
  const [, , name = null] = planned.split(" ");
  const flags = session?.variants?.find((variant) => variant.name === name)?.flags;
  return session === undefined ? {} : { flags: flags?.join(" ") || "none" };
}

export const gatherStartup = gatherer<StartupRow>("startup", {
  factors: ({ image, mode, variant }) => (variant === null ? { image, mode } : { image, mode, variant }),
  planned: startupCondition,
  order: null,
  way: byProbe,
  // Its images and its command are the session's.
  context: (session, planned) => ({
    images: [identityOf(session?.images.find(({ name }) => planned.startsWith(`${name} `)) ?? { digest: "unknown" })],
    command: session?.command.join(" ") ?? "unknown",
    ...(session?.until === undefined ? {} : { until: session.until }),
    ...flagsOf(session, planned),
  }),
  act: ({ act_rule, entry_exec_ns, entry_acts_ns, first_byte_ns, clock_error_ns }) => ({
    ...{ rule: act_rule, watched: entry_exec_ns !== null, clock_error_ns },
    offsets: { entry_acts: entry_acts_ns, first_byte: first_byte_ns },
  }),
  start: START,
  metrics: { ...START_METRICS, ready_ms: readyTime },
});

export const startup = measuredTable({ name: "startup", read: startupTable.read }, gatherStartup);
