import { byFactors, type Measured } from "../parts/measured.ts";
import { numberOf } from "../parts/numbers.ts";
import { dotFigure } from "./kinds/dot-figure.ts";

/** 10: the same program started by ever more machinery, from exec to the docker command. */
export const ladder = dotFigure({
  what: "To the first byte",
  about: "The ladder from exec to docker run",
  experiment: "ladder",
  shows: ({ metric }) => metric !== "spawn_ms",
  // Each rung is a multiple of another, not a number of milliseconds more.
  logFromRatio: 1,
  steps: true,
  finding: largestStep,
  lead: "The same static program with more around it at each rung, by the client's clock: until the first byte of its output, and until everything is removed.",
});

/** "From runc to api: +221 of 254 ms", of medians; several platforms have no one largest step. */
function largestStep(measured: readonly Measured[]): string | null {
  if (new Set(measured.map(({ platform }) => platform)).size > 1) return null;
  const metric = measured[0]?.measurement.metric;
  const ordered = byFactors(measured.map(({ measurement }) => measurement).filter((each) => each.metric === metric));
  const rungs = ordered.flatMap((measurement) => measured.find((each) => each.measurement === measurement) ?? []);
  const median = ({ described }: Measured): number => described.level.value;
  const steps = rungs.slice(1).map((to, index) => ({ from: rungs[index] as Measured, to }));
  const [largest] = steps.toSorted((a, b) => median(b.to) - median(b.from) - (median(a.to) - median(a.from)));
  const last = rungs.at(-1);
  if (largest === undefined || last === undefined) return null;
  const { from, to } = largest;
  const more = numberOf(to.measurement.values)(median(to) - median(from));
  const whole = `${numberOf(last.measurement.values)(median(last))} ${last.measurement.unit}`;
  return `The largest step is from ${from.measurement.condition} to ${to.measurement.condition}: +${more} of ${whole}`;
}
