/** Of suites in which nothing is wrong, how many get a finding, and from which detector? */
import { detect } from "../../../analysis/detectors/detect.ts";
import { DETECTORS, type Detector } from "../../../analysis/detectors/finding.ts";
import { timeOrder } from "../../../analysis/samples/time-order.ts";
import { cleanSuite } from "../../../analysis/testing/clean-suite.ts";

export interface CleanSuites {
  readonly suites: number;
  readonly withFinding: number;
  /** Suites with a finding of each detector. */
  readonly by: ReadonlyMap<Detector, number>;
}

export function cleanSuites(suites: number, seed: number): CleanSuites {
  const found = Array.from({ length: suites }, (_, suite) => {
    const measurements = cleanSuite(seed * 1_000_000 + suite);
    const timeOrders = measurements.map(({ values }) => timeOrder(values));
    return new Set(detect({ measurements, timeOrders, run_seconds: null }).map(({ detector }) => detector));
  });
  const by = DETECTORS.map((detector) => [detector, found.filter((each) => each.has(detector)).length] as const);
  return { suites, withFinding: found.filter(({ size }) => size > 0).length, by: new Map(by) };
}
