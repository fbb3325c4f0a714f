import { describe, expect, it } from "vitest";
import { clockNs } from "../../research/units.ts";
import { findMarkers } from "./trace-markers.ts";

const trip = (name: string) => ({ name, sent: clockNs(1n), received: clockNs(9n) });

// As a kernel 6.18 printed them.
const lines = [
  "              sh-31323   [001] .....   866.790123: sys_write(fd: 5, buf: 0x7ffe, count: 0x1b)",
  "              sh-31323   [001] .....   866.790130: tracing_mark_write: tierbench-marker 0a1b2c3d",
  "              sh-31323   [001] .....   866.790141: tracing_mark_write: tierbench-marker 0a1b2c3d 1795469004.866769",
  "              sh-31323   [001] .....   866.790200: tracing_mark_write: tierbench-marker ffff0000",
  "              sh-31323   [001] .....   866.790211: tracing_mark_write: tierbench-marker ffff0000 ",
  "         somebody-1      [000] .....   866.790300: tracing_mark_write: hello tierbench-marker 0a1b2c3d",
];

describe("findMarkers", () => {
  it("joins each round trip with the kernel's stamp, and with the wall clock read between two stamps", () => {
    const { markers, wall } = findMarkers(lines, [trip("0a1b2c3d")]);
    expect(markers).toEqual([{ sent: 1n, received: 9n, stamped: 866_790_130_000n }]);
    expect(wall).toEqual([
      { before: 866_790_130_000n, wall: 1_795_469_004_866_769_000n, grain: 1_000n, after: 866_790_141_000n },
    ]);
  });

  it("does without the wall clock where the helper's shell has none, and without markers that were lost", () => {
    expect(findMarkers(lines, [trip("ffff0000"), trip("lost")])).toEqual({
      markers: [{ sent: 1n, received: 9n, stamped: 866_790_200_000n }],
      wall: [],
    });
  });
});
