/** What a reader has to know of the study's metrics, which are not what their names suggest; stated below a figure's title. */
import type { Measurement } from "../../subjects/measurement.ts";

type Measured = Pick<Measurement, "experiment" | "metric">;

interface StudyNote {
  readonly note: string;
  /** Whether the study measured something else than ours of that name. */
  readonly otherwise: boolean;
}

const NOTES: Readonly<Record<string, StudyNote>> = {
  "startup startup_ms": {
    note: "The study's startup lasts until docker run has returned, removal included.",
    otherwise: false,
  },
  "cpu-throttling measured_pct": { note: "The study timed loops with a clock of whole seconds.", otherwise: false },
  "write write_speed_mbps": {
    note: "The study cut off the unit of dd's output: its values near 1 are GB/s, not MB/s.",
    otherwise: false,
  },
  "network avg_rtt_ms": { note: "The study pinged a host on the internet.", otherwise: false },
  "copy-up copyup_ms": {
    note: "The study wrote a new file and subtracted an empty run, with negative differences set to 0; nothing was copied up.",
    otherwise: true,
  },
  "metadata duration_ms": {
    note: "The study only created files and subtracted an empty run, with negative differences set to 0.",
    otherwise: true,
  },
  "namespaces duration_ms": { note: "The study timed unshare as a process, with a command in it.", otherwise: true },
  "memory total_mem_mb": { note: "The study asked the engine how much memory the containers use.", otherwise: true },
};

const noteOf = ({ experiment, metric }: Measured): StudyNote | undefined => NOTES[`${experiment} ${metric}`];

export const studyNotes = (measured: readonly Measured[]): string[] => [
  ...new Set(measured.flatMap((each) => noteOf(each)?.note ?? [])),
];

/** Whether it is of the study, and something else than what our experiment of that name measures. */
export const isOtherwise = (measured: Measured): boolean => noteOf(measured)?.otherwise ?? false;
