/** Rows of why.csv for tests: starts whose times a test names. */
import type { PhaseName } from "../../research/phases.ts";
import type { ImageSize } from "../../research/protocol.ts";
import { whyTable } from "../../research/tables/why.ts";
import type { WhyPathRow } from "../../research/tables/why-path.ts";
import { nanoseconds, unixNs } from "../../research/units.ts";
import type { Cause } from "../../research/why/causes.ts";
import { withPaths } from "../subjects/causes/closest-path.ts";
import type { ExperimentContent } from "../subjects/measured-table.ts";
import type { ExperimentFile } from "../subjects/platform.ts";
import { fileOf } from "./subjects.ts";

export interface Waited {
  readonly phase: PhaseName;
  readonly cause: Cause;
  readonly program: string;
  readonly place?: string;
  readonly ms: number;
}

/** Of a start with a hook: 100 ms. */
export const WAITED: readonly Waited[] = [
  { phase: "create_api", cause: "cpu", program: "dockerd", ms: 6 },
  { phase: "create_api", cause: "disk", program: "dockerd", place: "fsync (jbd2_log_wait_commit)", ms: 4 },
  { phase: "cgroups", cause: "rcu", program: "runc", place: "write (percpu_down_write)", ms: 12 },
  { phase: "hook", cause: "cpu", program: "dockerd (hook)", ms: 50 },
  { phase: "hook", cause: "runqueue", program: "dockerd (hook)", ms: 18 },
  { phase: "hook", cause: "rcu", program: "dockerd (hook)", place: "sendto (rcu_barrier)", ms: 8 },
  { phase: "entrypoint", cause: "unseen", program: "echo", ms: 2 },
];

const HOUR_NS = 3_600_000_000_000n;

/** @param sessions what each start waited for, in the order of their blocks @param images each has such starts */
export function whyCsv(sessions: readonly (readonly (readonly Waited[])[])[], images: readonly ImageSize[] = ["small"]): string {
  let trial = 0;
  const starts = sessions.flatMap((ofSession, session) =>
    ofSession.flatMap((waited, block) => images.map((image) => ({ session, block, image, waited }))),
  );
  const rows = starts.flatMap(({ session, block, image, waited }) => {
    trial += 1;
    const times = waited.map((of) => ({ ...of, ns: Math.round(of.ms * 1e6) }));
    const total_ns = nanoseconds(times.reduce((sum, { ns }) => sum + ns, 0));
    return times.map(({ phase, cause, program, place, ns }) =>
      whyTable.formatRow({
        ...{ trial, session: session + 1, block: block + 1, warmup: false, image, outcome: "ok" },
        ...{
          container_id: null,
          started_unix_ns: unixNs(1_790_000_000_000_000_000n + BigInt(session) * HOUR_NS + BigInt(trial)),
          total_ns,
        },
        ...{ phase, cause, program, place: place ?? null, ns: nanoseconds(ns), reason: null },
      }),
    );
  });
  return whyTable.header + rows.join("");
}

/** Every time so many times as long; those of one cause by another factor. */
export const slower = (factor: number, more: Partial<Record<Cause, number>> = {}): Waited[] =>
  WAITED.map((of) => ({ ...of, ms: of.ms * factor * (more[of.cause] ?? 1) }));

/** The path of the trial of that number, whose stretches follow each other as {@link whyCsv} has them. */
export function pathOf(waited: readonly Waited[], trial = 1, image: ImageSize = "small"): WhyPathRow[] {
  let at = 0;
  return waited.map(({ phase, cause, program, place, ms }) => {
    const begin_ns = nanoseconds(at);
    at += Math.round(ms * 1e6);
    return { trial, session: 1, image, begin_ns, end_ns: nanoseconds(at), phase, cause, program, place: place ?? null };
  });
}

/** What they measured, with the path of the first start of the first session. */
export function fileOfWhy(sessions: Parameters<typeof whyCsv>[0]): ExperimentFile {
  const file = fileOf("why", whyCsv(sessions));
  if ("problem" in file.content) throw new Error(file.content.problem);
  return { ...file, content: withPaths(file.content as ExperimentContent, pathOf(sessions[0]?.[0] ?? [])) };
}
