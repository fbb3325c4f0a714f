/** study-dimensions.csv. */
import { duration, oneOf, optional, text } from "../../csv/cells.ts";
import { tooShort } from "../../table.ts";
import { SHORTEST_CLONE_NS, SHORTEST_PROCESS_NS, SHORTEST_START_NS } from "../columns/shortest.ts";
import { defineTrialTable } from "../columns/trial-table.ts";
import { printedCheck } from "./printed-check.ts";

/** What the published study measured beside starts and pulls, with the conditions of each as its files name them. */
export const STUDY_DIMENSIONS = {
  "copy-up": ["100"],
  "cpu-throttling": ["50.00"],
  write: ["overlayfs", "volume"],
  metadata: ["overlayfs", "volume"],
  namespaces: ["namespace_create"],
  network: ["bridge", "host"],
  memory: ["3"],
} as const;
export type StudyDimension = keyof typeof STUDY_DIMENSIONS;

const DIMENSION_NAMES = Object.keys(STUDY_DIMENSIONS) as readonly StudyDimension[];
const SUBJECTS = [...new Set(Object.values(STUDY_DIMENSIONS).flat())];

const line = (description: string) =>
  optional(text(description, /^[^\p{Cc}]{1,200}$/u, "one line of text, up to 200 characters"));

/** What the shell counted, in which time. */
const COUNTS = [
  ["printed", "wall_ns"],
  ["baseline_printed", "baseline_ns"],
] as const;

export const studyDimensionsTable = defineTrialTable(
  "study-dimensions",
  "One row per measurement of the published study's other dimensions, in its own way: times of whole commands by the client, and what programs printed. What its script made of them (differences, ratios, numbers without their unit) is computed when the table is read.",
  {
    dimension: oneOf(
      DIMENSION_NAMES,
      "copy-up: dd writes a new file of 100 MiB; cpu-throttling: a shell counts calls of date until two full seconds have begun, under a limit of half a CPU; write: dd writes 256 MiB; metadata: a shell makes 500 files; namespaces: unshare runs echo; network: ping, five times; memory: docker stats of three nginx",
    ),
    subject: oneOf(
      SUBJECTS,
      "the condition as the study's file names it: MB, % of a CPU, where the files lie, the network, containers",
    ),
  },
  {
    wall_ns: optional(
      duration("from just before the command was spawned until its end was seen: of docker run, unshare or docker stats"),
    ),
    baseline_ns: optional(
      duration(
        "copy-up, metadata: the same of a container that does nothing; cpu-throttling: of one without a limit; else empty",
      ),
    ),
    printed: line(
      "what the program said at last: dd its speed, ping its round trips, the shell its count, docker stats the memory of each",
    ),
    baseline_printed: line("cpu-throttling: the count without a limit; else empty"),
  },
  {
    needs: ["wall_ns"],
    positive: ["wall_ns"],
    // All but unshare go through the engine.
    shortest: { wall_ns: SHORTEST_PROCESS_NS, baseline_ns: SHORTEST_START_NS },
    checks: [
      (row) => {
        if (row.outcome !== "ok" || row.dimension !== "cpu-throttling") return undefined;
        const wrong = COUNTS.find(
          ([count, time]) => Number(row[count]) * SHORTEST_CLONE_NS > (row[time] ?? Number.POSITIVE_INFINITY),
        );
        return wrong && `${wrong[0]} ${row[wrong[0]]} calls of date in ${wrong[1]} ${row[wrong[1]]}: each makes a process`;
      },
      printedCheck,
      ({ outcome, dimension, wall_ns }) =>
        outcome === "ok" && dimension !== "namespaces" && wall_ns !== null && wall_ns < SHORTEST_START_NS
          ? tooShort("wall_ns", wall_ns, SHORTEST_START_NS, "ns")
          : undefined,
      ({ dimension, subject }) =>
        (STUDY_DIMENSIONS[dimension] as readonly string[]).includes(subject)
          ? undefined
          : `${dimension} has no ${subject}: it has ${STUDY_DIMENSIONS[dimension].join(", ")}`,
    ],
  },
);
