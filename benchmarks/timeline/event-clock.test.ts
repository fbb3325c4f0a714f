import { describe, expect, it } from "vitest";
import { clockNs, nanoseconds, unixNs } from "../../research/units.ts";
import { mapEvents, offsetByCausality } from "./event-clock.ts";

const bracket = (after: bigint | undefined, event: bigint, before: bigint | undefined) => ({
  after: after === undefined ? undefined : clockNs(after),
  event: unixNs(event),
  before: before === undefined ? undefined : clockNs(before),
});

describe("offsetByCausality", () => {
  it("takes the middle of what all brackets allow, and half the width as the bound", () => {
    // offset is between 900 and 1000 by the first, between 950 and 1150 by the second
    expect(offsetByCausality([bracket(0n, 1_000n, 100n), bracket(50n, 1_200n, 250n)])).toEqual({ offset: 975n, error: 25 });
  });

  it("is nothing when a side is open or the brackets contradict each other", () => {
    expect(offsetByCausality([bracket(0n, 1_000n, undefined)])).toBeUndefined();
    expect(offsetByCausality([bracket(0n, 1_000n, 10n), bracket(500n, 1_000n, 510n)])).toBeUndefined();
  });

  it("maps an event's wall-clock time to the client's clock", () => {
    expect(mapEvents({ event_start: unixNs(5_000n) }, { offset: 4_000n, error: nanoseconds(1) })).toEqual({
      event_start: 1_000n,
    });
  });
});
