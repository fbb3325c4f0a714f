import { describe, expect, it } from "vitest";
import { cpusInUse, cpuTimes, inUseBetween } from "./host.ts";

const stat = (user: number, idle: number, steal: number): string =>
  `cpu  ${user} 1 10 ${idle} 5 2 3 ${steal} 7 0\ncpu0 1 0 0 0\ncpu1 1 0 0 0\nintr 1 2\n`;
const times = (user: number, idle: number, steal = 0) => {
  const found = cpuTimes(stat(user, idle, steal));
  if (found === null) throw new Error("no times");
  return found;
};

describe("CPUs in use", () => {
  it("is the share of the time that is neither idle, nor waiting for a disk, nor another machine's, of all CPUs", () => {
    expect(inUseBetween(times(100, 1000), times(150, 1150))).toBe(0.5);
    expect(inUseBetween(times(100, 1000), times(100, 1200))).toBe(0);
    expect(inUseBetween(times(100, 1000), times(100, 1100, 100))).toBe(0);
    expect(inUseBetween(times(100, 1000), times(300, 1000))).toBe(2);
  });

  it("is unknown where the kernel does not say, and where no time passed", async () => {
    expect(await cpusInUse(async () => null)).toBeNull();
    expect(cpuTimes("")).toBeNull();
    expect(inUseBetween(times(1, 1), times(1, 1))).toBeNull();
  });

  it("asks twice, and compares", async () => {
    const answers = [stat(100, 1000, 0), stat(150, 1150, 0)];
    expect(await cpusInUse(async () => answers.shift() ?? null)).toBe(0.5);
  });
});
