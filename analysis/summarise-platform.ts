/** What `analyze` says about platforms, as data; every format renders this and nothing else. */
import type { Session } from "../research/manifest.ts";
import type { Warning } from "../research/warning.ts";
import { counted, emptyCensus } from "./census.ts";
import type { Platform } from "./platform.ts";
import { platformDoubts } from "./platform-doubts.ts";
import { type ConditionSummary, type SummariseOptions, summariseConditions } from "./summarise.ts";
import { timeOrderWarnings } from "./time-order.ts";

export interface Summary {
  readonly platforms: readonly PlatformSummary[];
}

export interface PlatformSummary {
  readonly label: string;
  readonly sessions: readonly SessionSummary[];
  readonly warnings: readonly Warning[];
  readonly experiments: { readonly startup: StartupSummary };
}

export type SessionSummary = Pick<Session, "session" | "started" | "ended" | "ending" | "seed"> & {
  readonly tool_version: string;
  readonly engine: string;
  readonly runtime: string;
  readonly probe: string;
};

export interface StartupSummary {
  readonly rows: number;
  /** Recorded but left out of the conditions. */
  readonly warmups: number;
  readonly conditions: readonly ConditionSummary[];
}

/** The warnings are those of the sessions and what the files themselves give reason to doubt. */
export function summarisePlatform(platform: Platform, options: SummariseOptions = {}): PlatformSummary {
  const { label, manifest, startup } = platform;
  const census = emptyCensus();
  const conditions = summariseConditions(counted(startup, census), options);
  return {
    label,
    sessions: manifest.sessions.map(summariseSession),
    warnings: [
      ...platformDoubts(manifest, census),
      ...conditions.flatMap(orderWarnings),
      ...manifest.sessions.flatMap((session) => session.warnings),
    ],
    experiments: {
      startup: { rows: census.rows, warmups: census.warmups, conditions },
    },
  };
}

const orderWarnings = ({ image, mode, n, time_order }: ConditionSummary): Warning[] =>
  time_order === null ? [] : timeOrderWarnings(`${image} ${mode}`, time_order, n, "ms");

const summariseSession = ({ session, started, ended, ending, seed, tool, engine, probe }: Session): SessionSummary => ({
  session,
  started,
  ended,
  ending,
  seed,
  tool_version: tool.version,
  engine: engine.server,
  runtime: engine.runtime,
  probe: probe.name,
});
