import { describe, expect, test } from "vitest";
import { type Printed, printedCheck } from "./printed-check.ts";

const SUBJECTS = { "cpu-throttling": "50.00", write: "volume", network: "bridge", memory: "3" } as const;

/** @returns what was expected, or what is wrong; `read` where nothing is */
function said(dimension: keyof typeof SUBJECTS, printed: string | null, more: Partial<Printed> = {}): string {
  const row = { dimension, subject: SUBJECTS[dimension], outcome: "ok", wall_ns: 4.2e9, printed, baseline_printed: null };
  const found = printedCheck({ ...row, ...more });
  return typeof found === "object" ? `${found.value}: expected ${found.expected}` : (found ?? "read");
}

describe("what the shell counted", () => {
  test.each(["-7", "1e1", "7.0", "+7", "0x10", "007", " 7"])("is no %j", (printed) => {
    expect(said("cpu-throttling", printed)).toContain("expected a whole number, as a shell writes its count");
    expect(said("cpu-throttling", "7", { baseline_printed: printed })).toContain("expected a whole number");
  });

  // A machine on which date takes two seconds counts none; a line of another program is no number.
  test.each(["0", "7", "4835", null, "sh: date: not found"])("may be %j", (printed) => {
    expect(said("cpu-throttling", printed)).toBe("read");
  });
});

describe("dd's line", () => {
  const dd = (speed: string, bytes = "268435456") => `${bytes} bytes (268 MB, 256 MiB) copied, 0.409216 s, ${speed}`;

  test("has the speed that its bytes and seconds make, by either count", () => {
    for (const speed of ["656 MB/s", "0.7 GB/s", "625.6MB/s"]) expect(said("write", dd(speed))).toBe("read");
    expect(said("write", "268435456 bytes (268 MB, 256 MiB) copied, 2.1e-01 s, 1.3 GB/s")).toBe("read");
    for (const speed of ["656 GB/s", "65.6 MB/s", "-7 MB/s"])
      expect(said("write", dd(speed))).toContain("expected about 656 MB/s");
    expect(said("write", "656 MB/s")).toContain("expected bytes, seconds and speed");
    expect(said("write", dd("656 MB/s", "268435"))).toContain("expected 268435456 bytes");
  });

  test("of another form is no number", () => {
    expect(said("write", "268435456 bytes (256 M) copied, 0.409 s, 625 M/s")).toBe("read");
    expect(said("write", "268435456 Bytes (268 MB) kopiert, 0,409216 s, 656 M")).toBe("read");
    expect(said("write", dd("656 GB/s"), { outcome: "failed" })).toBe("read");
  });
});

test("ping's average is between its least and its most", () => {
  const ping = (times: string) => said("network", `rtt min/avg/max/mdev = ${times}/0.010 ms`);
  expect(ping("1.9/2.0/2.2")).toBe("read");
  expect(ping("2.0/2.0/2.0")).toBe("read");
  expect(ping("1.9/2000/2.2")).toContain("expected the average between the least and the most");
  expect(ping("1.9/1.8/2.2")).toContain("expected the average between");
  // By the wall clock, which may be set meanwhile.
  expect(ping("1.9/2000/9900")).toBe("read");
});

describe("what docker stats printed", () => {
  const [one, two] = ["3.535MiB / 23.54GiB", "2.75MiB / 23.54GiB"];

  test("has a size and a limit of each container", () => {
    expect(said("memory", [one, two, two].join("; "))).toBe("read");
    expect(said("memory", [one, two, "-- / --"].join("; "))).toBe("read");
    expect(said("memory", [one, two, "0B / 0B"].join("; "))).toBe("read");
    expect(said("memory", [one, two, "4KiB / 23.54GiB"].join("; "))).toBe("read");
    expect(said("memory", ["3.2MB / 7.7GB", "3.2MB / 7.7GB", "3.2MB / 7.7GB"].join("; "))).toBe("read");
    expect(said("memory", null)).toBe("read");
    expect(said("memory", "Error response from daemon")).toBe("read");
  });

  test.each([
    [one, "expected 3 of them"],
    [[one, two, two, two].join("; "), "expected 3 of them"],
    [[one, two, "-7MiB / 23.54GiB"].join("; "), "-7MiB / 23.54GiB: expected a size / a limit"],
    [["1e1MiB / 23.54GiB", "1e1MiB / 23.54GiB", "1e1MiB / 23.54GiB"].join("; "), "expected a size / a limit"],
    [[one, two, "2.75KiB / 23.54GiB"].join("; "), "expected 0B, or 4096 bytes or more"],
    [[one, two, "2.75TiB / 23.54GiB"].join("; "), "expected no more than the limit"],
  ])("is not %j", (printed, message) => {
    expect(said("memory", printed)).toContain(message);
  });
});
