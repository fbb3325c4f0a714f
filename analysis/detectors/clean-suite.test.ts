import { expect, test } from "vitest";
import { timeOrder } from "../samples/time-order.ts";
import { cleanSuite } from "../testing/clean-suite.ts";
import { detect } from "./detect.ts";

test("of clean suites of every experiment at most one in twenty gets a finding, of whatever kind", () => {
  const suites = Array.from({ length: 40 }, (_, seed) => {
    const measurements = cleanSuite(seed);
    return detect({ measurements, timeOrders: measurements.map(({ values }) => timeOrder(values)), run_seconds: null });
  });
  // The longer simulation, `npm run validate:statistics`, has the rate of each detector.
  expect(suites.filter((findings) => findings.length > 0).length).toBeLessThanOrEqual(suites.length / 20);
}, 30_000);
