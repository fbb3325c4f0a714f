import { expect, test } from "vitest";
import { timeOrder } from "../samples/time-order.ts";
import { cleanSuite } from "../testing/clean-suite.ts";
import { detect } from "./detect.ts";

test("of a dozen clean suites of every experiment none gets a finding, of whatever kind", () => {
  const findings = Array.from({ length: 12 }, (_, seed) => {
    const measurements = cleanSuite(seed);
    return detect({ measurements, timeOrders: measurements.map(({ values }) => timeOrder(values)), run_seconds: null });
  });
  // The longer simulation, `npm run validate:statistics`, has the rate of each detector.
  expect(findings.flat()).toEqual([]);
}, 30_000);
