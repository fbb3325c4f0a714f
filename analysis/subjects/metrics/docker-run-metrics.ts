/** What is measured of a `docker run` beside the start within it. */
import type { studyWarmTable } from "../../../research/tables/study/starts.ts";
import { durationNs, type Nanoseconds } from "../../../research/units.ts";
import type { Metric } from "../measured-table.ts";
import { lower, ms } from "./metric.ts";

type DockerRun = typeof studyWarmTable.unmeasured;

/** Parts of what `docker run` takes beside the start: the command's own time before it, and what follows; all together are docker_run_ms. */
export const DOCKER_RUN_METRICS = {
  docker_run_ms: lower<DockerRun>("ms", ({ wall_ns }) => ms(wall_ns)),
  cli_before_ms: ofDockerRun(({ before_create_ns }) => before_create_ns),
  exit_ms: ofDockerRun(({ entry_acts_ns, entry_exit_ns }) => between(entry_acts_ns, entry_exit_ns)),
  removal_ms: ofDockerRun(({ entry_exit_ns, removed_ns }) => between(entry_exit_ns, removed_ns)),
  cli_after_ms: ofDockerRun(({ wall_ns, before_create_ns, removed_ns }) =>
    between(removed_ns, between(before_create_ns, wall_ns)),
  ),
};

function ofDockerRun(time: (row: DockerRun) => Nanoseconds | null): Metric<DockerRun> {
  return { ...lower("ms", (row) => ms(time(row))), from: ["docker_run_ms"], onlyWhereSeen: true };
}

function between(begin: Nanoseconds | null, end: Nanoseconds | null): Nanoseconds | null {
  return begin === null || end === null ? null : durationNs(begin, end);
}
