import { expect, it } from "vitest";
import type { WhyPathRow } from "../../../research/tables/why-path.ts";
import { nanoseconds } from "../../../research/units.ts";
import type { Cause } from "../../../research/why/causes.ts";
import { stretches } from "./lanes.ts";

const path = (...steps: (readonly [program: string, cause: Cause, ns: number, place?: string])[]): WhyPathRow[] => {
  let at = 0;
  return steps.map(([program, cause, ns, place = null]) => {
    const begin_ns = nanoseconds(at);
    at += ns;
    const stretch = { begin_ns, end_ns: nanoseconds(at), phase: "hook", cause, program, place } as const;
    return { trial: 1, session: 1, image: "small", ...stretch };
  });
};

it("shows a path as it is where every slot is of one stretch", () => {
  expect(stretches(path(["client", "cpu", 20], ["dockerd", "disk", 30, "fsync"], ["dockerd", "cpu", 50]), 10)).toEqual([
    { program: "client", cause: "cpu", begin_ns: 0, end_ns: 20, place: null },
    { program: "dockerd", cause: "disk", begin_ns: 20, end_ns: 50, place: "fsync" },
    { program: "dockerd", cause: "cpu", begin_ns: 50, end_ns: 100, place: null },
  ]);
});

it("gives a slot to the program that has most of it, and to its largest cause", () => {
  const often = Array.from({ length: 10 }, () => [
    ["dockerd", "cpu", 6] as const,
    ["dockerd", "runqueue", 7] as const,
    ["containerd", "cpu", 7] as const,
  ]).flat();
  expect(stretches(path(...often), 1)).toMatchObject([{ program: "dockerd", cause: "runqueue", begin_ns: 0, end_ns: 200 }]);
});

it("is nothing where there is no path", () => {
  expect(stretches([], 10)).toEqual([]);
});
