import { bytes, count, oneOf, optional } from "../csv/cells.ts";
import { PAGE_BYTES } from "./columns/shortest.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

/** As many containers of the python image; `3 images`: three images that hold the same program in files of their own. */
export const POPULATIONS = ["1", "3", "10", "3 images"] as const;

const KIBIBYTE = 1024;

export const memoryTable = defineTrialTable(
  "memory",
  "One row per set of containers that run the same idle program at the same time; the bytes are sums over all of them. The shared fraction is 1 - pss_bytes / rss_bytes.",
  {
    population: oneOf(
      POPULATIONS,
      "how many containers of one image; 3 images: three containers, each of an image of its own (control)",
    ),
  },
  {
    containers: optional(count("number of containers that were read", 1)),
    rss_bytes: optional(bytes("resident pages of their processes, each counted by every process that maps it")),
    pss_bytes: optional(
      bytes(
        "the same, each page divided by the number of processes on the machine that map it, not only those of these containers",
      ),
    ),
    cgroup_file_bytes: optional(
      bytes("page cache charged to their cgroups (a page is charged to the first cgroup that touches it)"),
    ),
    cgroup_anon_bytes: optional(bytes("anonymous memory charged to their cgroups")),
  },
  {
    needs: ["containers", "rss_bytes", "pss_bytes", "cgroup_file_bytes", "cgroup_anon_bytes"],
    positive: ["rss_bytes", "pss_bytes"],
    checks: [
      ({ rss_bytes, pss_bytes }) =>
        rss_bytes !== null && pss_bytes !== null && pss_bytes > rss_bytes
          ? `pss_bytes ${pss_bytes} is more than rss_bytes ${rss_bytes}, of which it is a share`
          : undefined,
      ({ pss_bytes }) =>
        pss_bytes !== null && pss_bytes % KIBIBYTE !== 0
          ? {
              ...{ column: "pss_bytes", value: `${pss_bytes}`, expected: `a multiple of ${KIBIBYTE}` },
              why: "the kernel counts kibibytes",
            }
          : undefined,
      ({ population, containers }) =>
        containers !== null && containers !== Number.parseInt(population, 10)
          ? `${containers} containers of a population of ${population}`
          : undefined,
      ({ outcome, containers, rss_bytes }) =>
        outcome === "ok" && rss_bytes !== null && rss_bytes < (containers ?? 1) * PAGE_BYTES
          ? {
              ...{ column: "rss_bytes", value: `${rss_bytes}`, expected: `${(containers ?? 1) * PAGE_BYTES} bytes or more` },
              why: "no container has less than a page; is it in another unit?",
            }
          : undefined,
    ],
  },
);
