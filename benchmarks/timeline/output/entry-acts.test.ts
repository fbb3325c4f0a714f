import { describe, expect, it } from "vitest";
import { type ClockNs, clockNs } from "../../../research/units.ts";
import type { OutputWrite } from "./container-output.ts";
import { type ActSightings, entryActs } from "./entry-acts.ts";

const ms = (time: number): ClockNs => clockNs(BigInt(time * 1e6));
const write = (at: number, stream: OutputWrite["stream"], bytes?: number): OutputWrite => ({ at: ms(at), bytes, stream });
const NOTHING: ActSightings = {
  ...{ writes: [], isFollowed: true, exit: undefined, firstByte: undefined, received: undefined, clockError: 1_000 },
};

describe("the act", () => {
  it.each<[string, Partial<ActSightings>, number | undefined, string]>([
    ["the first own write", { writes: [write(5, "stderr"), write(6, "stdout")], firstByte: ms(7) }, 5, "own-output"],
    ["the exit of one that wrote nothing", { exit: ms(9) }, 9, "own-output"],
    ["nothing of one that is silent and runs on", {}, undefined, "own-output"],
    [
      "bounded where a file that may be the output was written before",
      { writes: [write(3, "unknown"), write(8, "stdout")], firstByte: ms(4) },
      4,
      "client-bound",
    ],
    [
      "bounded by the own write where that was before the byte",
      { writes: [write(3, "unknown"), write(8, "stdout")], firstByte: ms(9) },
      8,
      "client-bound",
    ],
    [
      "bounded however long before the byte such a file was written: delivery may take long",
      { writes: [write(3, "unknown"), write(900, "stdout")], firstByte: ms(901) },
      900,
      "client-bound",
    ],
    [
      "exact where the client received the bytes of the own writes and no more",
      { writes: [write(3, "unknown", 5), write(4, "stderr", 1), write(8, "stdout", 4)], firstByte: ms(9), received: 5 },
      4,
      "own-output",
    ],
    [
      "bounded where it received more, from such a file",
      { writes: [write(3, "unknown", 5), write(8, "stdout", 4)], firstByte: ms(9), received: 9 },
      8,
      "client-bound",
    ],
    [
      "bounded where it received less: what was lost may be anything",
      { writes: [write(3, "unknown", 5), write(8, "stdout", 4)], firstByte: ms(9), received: 3 },
      8,
      "client-bound",
    ],
    [
      "bounded where it received more than anybody was seen to write",
      { writes: [write(3, "stdout", 4)], firstByte: ms(4), received: 9 },
      3,
      "client-bound",
    ],
    [
      "exact where a file that may be the output explains what is too much, and was written later",
      { writes: [write(3, "stdout", 4), write(4, "unknown", 5)], firstByte: ms(4), received: 9 },
      3,
      "own-output",
    ],
    [
      "the exit where all that was written was to such files and nothing was received",
      { writes: [write(3, "unknown", 5)], exit: ms(9), received: 0 },
      9,
      "own-output",
    ],
    ["exact where such a file was written later", { writes: [write(3, "stdout"), write(4, "unknown")] }, 3, "own-output"],
    ["bounded where the client had a byte before", { writes: [write(8, "stdout")], firstByte: ms(7) }, 7, "client-bound"],
    ["bounded where the kernel saw no write and the client had a byte", { firstByte: ms(7), exit: ms(9) }, 7, "client-bound"],
    ["the client's byte without a kernel", { isFollowed: undefined, firstByte: ms(7) }, 7, "client-bound"],
    ["descriptor 1 in traces that show no more", { isFollowed: false, writes: [write(2, "stdout")] }, 2, "fd-1"],
    ["the exit there, before a byte", { isFollowed: false, exit: ms(6), firstByte: ms(7) }, 6, "fd-1"],
  ])("is %s", (_, seen, at, rule) => {
    expect(entryActs({ ...NOTHING, ...seen })).toEqual({ at: at === undefined ? undefined : ms(at), rule });
  });

  it("does not take the error between two clocks for an order", () => {
    const seen = { ...NOTHING, writes: [write(8, "stdout")], firstByte: ms(7) };
    expect(entryActs({ ...seen, clockError: 2e6 })).toEqual({ at: ms(8), rule: "own-output" });
  });
});
