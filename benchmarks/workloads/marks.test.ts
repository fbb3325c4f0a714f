import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clockNs } from "../../research/units.ts";
import { parseCapturedStarts } from "../timeline/captured-start.ts";
import { between, readMarks, sectionsOf } from "./marks.ts";

const file = "docker20.10-runc-none.json";
const [start] = parseCapturedStarts(readFileSync(new URL(`../fixtures/captured/${file}`, import.meta.url), "utf8"), file);
if (start === undefined) throw new Error("no captured start");
const chunk = (at: bigint, text: string) => ({ at: clockNs(at), text });

describe("marks", () => {
  it("are stamped by the kernel where it saw the writes", () => {
    const { clock, lines } = readMarks({ ...start, output: [chunk(start.client.wait_done ?? 0n, "hi\n")] });
    expect(clock).toBe("kernel");
    expect(lines.map(({ text }) => text)).toEqual(["hi"]);
    expect(lines[0]?.at).toBeGreaterThan(start.client.start_sent ?? 0n);
    expect(lines[0]?.at).toBeLessThan(start.client.wait_done ?? 0n);
  });

  it("have no time when the kernel saw more or fewer writes than there are lines", () => {
    const { lines, problem } = readMarks({ ...start, output: [chunk(1n, "hi\nyou\n")] });
    expect(lines).toEqual([
      { text: "hi", at: null },
      { text: "you", at: null },
    ]);
    expect(problem).toBe("the kernel saw 1 writes to standard output, the client read 2 lines");
  });

  it("are stamped by the client without a kernel probe, each when its last byte was read", () => {
    const marks = readMarks({ ...start, trace: [], output: [chunk(5n, "be"), chunk(7n, "gin\n"), chunk(30n, "end\n")] });
    expect(marks).toMatchObject({ clock: "client", problem: undefined });
    expect(between(marks, "begin", "end")).toBe(23);
  });

  it("that the client read at once have no time of their own, and the reason is given", () => {
    const marks = readMarks({ ...start, trace: [], output: [chunk(5n, "begin\nend\n")] });
    expect(between(marks, "begin", "end")).toBeNull();
    expect(marks.problem).toContain("1 marks were read together with the one before");
  });

  it("of several trials are told apart by their headings, each with what is missing of its own", () => {
    const [first, second] = sectionsOf(
      readMarks({
        ...start,
        trace: [],
        output: [
          ...[chunk(1n, "said before\n"), chunk(5n, "section 0\nready\n"), chunk(7n, "begin\n"), chunk(9n, "end\n")],
          ...[chunk(20n, "section 1\n"), chunk(24n, "begin\n"), chunk(30n, "end\n")],
        ],
      }),
    );
    if (first === undefined || second === undefined) throw new Error("no sections");
    expect([first.began, between(first, "begin", "end")]).toEqual([5n, 2]);
    expect(first.problem).toContain("1 marks were read together with the one before");
    expect([second.began, between(second, "begin", "end"), second.problem]).toEqual([20n, 6, undefined]);
    expect(second.lines.map(({ text }) => text)).toEqual(["begin", "end"]);
  });

  it("that were never written are an error", () => {
    expect(() => between(readMarks({ ...start, trace: [], output: [] }), "begin", "end")).toThrow('its mark "begin"');
  });
});
