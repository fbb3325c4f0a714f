/** What a reader has to know of the study's metrics, which are not what their names suggest; said below a figure's title. */
const NOTES: Readonly<Record<string, string>> = {
  startup_ms: "The study's startup lasts until docker run has returned, removal included.",
  measured_pct: "The study counted loops by a clock of whole seconds.",
  write_speed_mbps: "The study cut off the unit of dd's output: its values near 1 are GB/s, not MB/s.",
  avg_rtt_ms: "The study sent its pings to a host on the internet.",
};

export const studyNotes = (metrics: readonly string[]): string[] =>
  [...new Set(metrics)].flatMap((metric) => NOTES[metric] ?? []);
