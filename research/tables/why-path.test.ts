import { expect, it } from "vitest";
import { nanoseconds } from "../units.ts";
import { whyPathTable } from "./why-path.ts";

const row = (trial: number, begin: number, end: number) =>
  whyPathTable.formatRow({
    ...{ trial, session: 1, image: "small", begin_ns: nanoseconds(begin), end_ns: nanoseconds(end) },
    ...{ phase: "hook", cause: "cpu", program: "dockerd", place: null },
  });
const parse = (...rows: string[]) => whyPathTable.parse(whyPathTable.header + rows.join(""), "why-path.csv");

it("takes paths without a gap, and refuses one that begins late, has a gap, runs back or stands still", () => {
  expect(parse(row(3, 0, 40), row(3, 40, 100), row(5, 0, 7))).toHaveLength(3);
  expect(() => parse(row(3, 10, 40))).toThrow("trial 3 of session 1 begins at 10, where 0 is next");
  expect(() => parse(row(3, 0, 40), row(3, 50, 60))).toThrow("begins at 50, where 40 is next");
  expect(() => parse(row(3, 0, 40), row(5, 40, 60))).toThrow("trial 5 of session 1 begins at 40, where 0 is next");
  expect(() => parse(row(3, 0, 40), row(3, 40, 40))).toThrow("ends at 40, where it begins");
});
