import { describe, expect, it } from "vitest";
import { nanoseconds, unixNs } from "../units.ts";
import { whyTable } from "./why.ts";

const row = (trial: number, cause: "cpu" | "disk", ms: number, total = 100) =>
  whyTable.formatRow({
    ...{ trial, session: 1, block: 2, warmup: false, image: "small", outcome: "ok", container_id: "a".repeat(64) },
    ...{ started_unix_ns: unixNs(1n), total_ns: nanoseconds(total * 1e6), phase: "hook", cause, program: "dockerd", place: null },
    ...{ ns: nanoseconds(ms * 1e6), reason: null },
  });
const parse = (...rows: string[]) => whyTable.parse(whyTable.header + rows.join(""), "why.csv");

describe("why.csv", () => {
  it("takes a trial whose times add up to its total", () => {
    expect(parse(row(1, "cpu", 60), row(1, "disk", 40), row(2, "cpu", 100))).toHaveLength(3);
  });
  it("refuses a trial whose times do not, one with two totals, and a time told twice", () => {
    expect(() => parse(row(1, "cpu", 60), row(1, "disk", 41), row(2, "cpu", 100))).toThrow(
      "why.csv:3: the times of trial 1 of session 1 add up to 101000000, its total_ns is 100000000",
    );
    expect(() => parse(row(1, "cpu", 100), row(2, "cpu", 60), row(2, "disk", 41))).toThrow(
      "why.csv:4: the times of trial 2 of session 1 add up to 101000000, its total_ns is 100000000",
    );
    expect(() => parse(row(1, "cpu", 60), row(1, "disk", 40, 90))).toThrow("total_ns 90000000 and 100000000 in one trial");
    expect(() => parse(row(1, "cpu", 60), row(1, "cpu", 40))).toThrow("hook, cpu, dockerd");
  });
  it("refuses a trial of which a part failed", () => {
    expect(() => parse(row(1, "cpu", 60), row(1, "disk", 40).replace(",ok,", ",failed,"))).toThrow(
      "outcome failed and ok in one trial",
    );
  });
  it("does not add up a last trial of which a row is left out", () => {
    const cut = [whyTable.header, row(1, "cpu", 100), row(2, "cpu", 60), row(2, "disk", 40).slice(0, -1)];
    const cautions: string[] = [];
    expect([...whyTable.read(cut, "why.csv", (said) => cautions.push(said))]).toHaveLength(2);
    expect(cautions).toHaveLength(1);
  });
});
