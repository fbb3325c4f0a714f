/** The order in which workers take test files: one that takes a minute must not be the last, beside workers without work. */
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** By what they were seen to take; the others follow, the larger files first. A file that is gone does no harm here. */
const LONG = [
  ...["scripts/package.engine", "benchmarks/experiments/starts", "analysis/report/report.browser", "scripts/tierbench.engine"],
  ...["scripts/validation/injection/injection.engine", "scripts/experiments", "scripts/sidecar.engine"],
  ...["scripts/doctor", "benchmarks/experiments/startup", "benchmarks/edges/probe/sidecar", "scripts/remote-engine"],
  ...["benchmarks/experiments/ladder", "scripts/narrow", "benchmarks/experiments/pull", "scripts/faults", "scripts/action"],
  ...["scripts/validation/zoo", "scripts/validation/why", "benchmarks/experiments/kernel"],
  ...["analysis/figures/catalogue", "scripts/tierbench.test", "scripts/command-line"],
];

const rank = ({ moduleId }: TestSpecification): number => {
  const index = LONG.findIndex((part) => moduleId.includes(`/${part}`));
  return index < 0 ? LONG.length : index;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
