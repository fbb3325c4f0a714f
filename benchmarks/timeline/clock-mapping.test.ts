import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clockNs, nanoseconds } from "../../research/units.ts";
import { bestOffset, type ClockMapping, mapClocks, offsetOf, wallAgainstClient } from "./clock-mapping.ts";

const MS = 1_000_000n;
const ppm = (ns: bigint, rate: number): bigint => (ns * BigInt(rate)) / 1_000_000n;

/** A marker as a client meets it: the way there takes `there`, the way back `back`, on the client's clock. */
const marker = (sent: bigint, there: bigint, back: bigint, kernelAt: (client: bigint) => bigint) => ({
  sent: clockNs(sent),
  stamped: clockNs(kernelAt(sent + there)),
  received: clockNs(sent + there + back),
});
const mapped = (mapping: ReturnType<typeof mapClocks>): ClockMapping => {
  if ("problem" in mapping) throw new Error(mapping.problem);
  return mapping;
};
const distance = (a: bigint, b: bigint): number => Number(a > b ? a - b : b - a);

describe("offsetOf", () => {
  it("is the stamp less the middle of the round trip, give or take half of it and the stamp's own error", () => {
    const one = { sent: clockNs(1_000n), received: clockNs(1_301n), stamped: clockNs(51_000n) };
    expect(offsetOf(one, 10)).toEqual({ at: 51_000n, offset: 49_850n, error: 161 });
  });

  it("of the quickest round trip is the best", () => {
    const shifted = (client: bigint): bigint => client + 7n;
    const offsets = [3n, 1n, 2n].map((half) => offsetOf(marker(0n, half * MS, half * MS, shifted), 0));
    expect(bestOffset(offsets)).toBe(offsets[1]);
    expect(bestOffset([])).toBeUndefined();
  });

  it("never errs by more than its bound, however the round trip is divided", () => {
    const way = fc.bigInt(0n, 40n * MS);
    fc.assert(
      fc.property(way, way, fc.bigInt(-(10n ** 18n), 10n ** 18n), (there, back, shift) => {
        const { offset, error } = offsetOf(
          marker(5n * MS, there, back, (client) => client + shift),
          0,
        );
        expect(distance(offset, shift)).toBeLessThanOrEqual(error);
      }),
    );
  });
});

describe("mapClocks", () => {
  /** Worst case of what the bound allows for: the rate changes once, anywhere, by up to 500 ppm. */
  const clock = (shift: bigint, rate: number, turn: bigint, change: number) => (client: bigint) =>
    client + shift + ppm(client, rate) + (client > turn ? ppm(client - turn, change) : 0n);

  it("keeps every time within the bound: any shift, delays, drift, and one change of rate", () => {
    const way = fc.bigInt(10_000n, 30n * MS);
    fc.assert(
      fc.property(
        fc.record({
          shift: fc.bigInt(-(10n ** 16n), 10n ** 16n),
          rate: fc.integer({ min: -400, max: 400 }),
          change: fc.integer({ min: -500, max: 500 }),
          turn: fc.bigInt(0n, 3_000n * MS),
          length: fc.bigInt(50n * MS, 3_000n * MS),
          ways: fc.tuple(way, way, way, way),
          share: fc.bigInt(0n, 1_000n),
        }),
        ({ shift, rate, change, turn, length, ways: [a, b, c, d], share }) => {
          const kernelAt = clock(shift, rate, turn, change);
          const before = offsetOf(marker(0n, a, b, kernelAt), 0);
          const after = offsetOf(marker(a + b + length, c, d, kernelAt), 0);
          const { toClient, error } = mapped(mapClocks(before, after));
          const event = a + ((a + b + length + c - a) * share) / 1_000n;
          expect(distance(toClient(clockNs(kernelAt(event))), event)).toBeLessThanOrEqual(error + 2);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("is no better than half the round trip: one way that takes all of it uses the whole bound", () => {
    const shifted = (client: bigint): bigint => client + 3_000n * MS;
    const before = offsetOf(marker(0n, 20n * MS, 0n, shifted), 0);
    const after = offsetOf(marker(400n * MS, 20n * MS, 0n, shifted), 0);
    const { toClient, error } = mapped(mapClocks(before, after));
    expect(distance(toClient(clockNs(shifted(200n * MS))), 200n * MS)).toBe(Number(10n * MS));
    expect(error).toBeGreaterThan(Number(10n * MS));
    expect(error).toBeLessThan(Number(10n * MS) + 100_000);
  });

  it("follows a drift by a straight line", () => {
    const drifting = clock(5n * MS, 400, 10_000n * MS, 0);
    const before = offsetOf(marker(0n, 0n, 0n, drifting), 0);
    const after = offsetOf(marker(1_000n * MS, 0n, 0n, drifting), 0);
    const { toClient } = mapped(mapClocks(before, after));
    expect(distance(toClient(clockNs(drifting(500n * MS))), 500n * MS)).toBeLessThanOrEqual(1);
  });

  it("allows for a change of rate half-way, and needs to", () => {
    const bent = clock(0n, 0, 500n * MS, 500);
    const before = offsetOf(marker(0n, 0n, 0n, bent), 0);
    const after = offsetOf(marker(1_000n * MS, 0n, 0n, bent), 0);
    const { toClient, error } = mapped(mapClocks(before, after));
    const off = distance(toClient(clockNs(bent(500n * MS))), 500n * MS);
    expect(off).toBeGreaterThan(124_000);
    expect(error).toBeGreaterThanOrEqual(off);
    expect(error).toBeLessThan(126_000);
  });

  it("calls a step what drift does not explain, either way, with the numbers", () => {
    const way = MS / 10n;
    for (const step of [5n * MS, -5n * MS]) {
      const before = offsetOf(
        marker(0n, way, way, (client) => client),
        0,
      );
      const after = offsetOf(
        marker(300n * MS, way, way, (client) => client + step),
        0,
      );
      const problem = mapClocks(before, after);
      expect(problem).toHaveProperty("problem");
      expect((problem as { problem: string }).problem).toContain(`${step < 0n ? "-" : ""}5.000 ms`);
    }
  });

  it("refuses markers that do not follow each other", () => {
    const at = offsetOf(
      marker(0n, MS, MS, (client) => client),
      0,
    );
    expect(mapClocks(at, at)).toHaveProperty("problem");
  });
});

describe("wallAgainstClient", () => {
  const mapping: ClockMapping = { toClient: (kernel) => clockNs(kernel - 1_000n), error: nanoseconds(7) };

  const reading = (before: bigint, wall: bigint, after: bigint) => ({
    before: clockNs(before),
    wall,
    grain: 1_000n,
    after: clockNs(after),
  });

  it("takes the reading between the two closest stamps, and adds up what is not known", () => {
    const loose = reading(5_000n, 900_000n, 9_000n);
    const tight = reading(20_000n, 920_000n, 22_000n);
    // wall − client lies between 920 000 − 21 000 and 921 000 − 19 000, give or take the mapping's 7
    expect(wallAgainstClient([loose, tight], [tight], mapping)).toEqual({ offset: 900_500n, error: 1_507 });
  });

  it("spans both ends where the wall clock drifted in between", () => {
    const { offset, error } = wallAgainstClient(
      [reading(20_000n, 920_000n, 22_000n)],
      [reading(90_000n, 990_100n, 92_000n)],
      mapping,
    ) as { offset: bigint; error: number };
    for (const possible of [900_500n, 900_600n]) expect(distance(offset, possible)).toBeLessThanOrEqual(error);
    expect(error).toBeLessThan(1_700);
  });

  it("is none where the wall clock was set in between", () => {
    expect(
      wallAgainstClient([reading(20_000n, 920_000n, 22_000n)], [reading(90_000n, 1_990_000n, 92_000n)], mapping),
    ).toMatchObject({ problem: expect.stringContaining("the wall clock was set by 1.000 ms within 0.072 ms") });
  });

  it("is nothing without readings at both ends", () => {
    expect(wallAgainstClient([], [reading(1n, 2n, 3n)], mapping)).toBeUndefined();
    expect(wallAgainstClient([reading(1n, 2n, 3n)], [], mapping)).toBeUndefined();
  });
});
