import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { offsetAtTick } from "./wall-tick.ts";

const SHIFT = 1_795_469_004_123_456_789n;

describe("offsetAtTick", () => {
  it("is within its bound, wherever the process is held up between two readings", () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(50n, 3_000_000n), { minLength: 1, maxLength: 40 }), fc.nat(1_000_000), (pauses, phase) => {
        let at = BigInt(phase);
        let call = 0;
        // Each reading takes as long as the next pause, first or last half of it.
        const read = <T>(clock: () => T): T => {
          at += pauses[call++ % pauses.length] as bigint;
          return clock();
        };
        const { offset, error } = offsetAtTick(
          () => read(() => at),
          () => read(() => Number((at + SHIFT) / 1_000_000n)),
        );
        const off = offset > SHIFT ? offset - SHIFT : SHIFT - offset;
        expect(Number(off)).toBeLessThanOrEqual(error);
      }),
      { numRuns: 2_000 },
    );
  });
});
