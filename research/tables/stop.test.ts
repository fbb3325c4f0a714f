import { describe, expect, test } from "vitest";
import { unixNs } from "../units.ts";
import { stopTable } from "./stop.ts";

type StopRow = ReturnType<typeof stopTable.parse>[number];
type Times = Readonly<Record<string, number | string | boolean | null>>;

const MEASURED = {
  ...{ stop_sent_ns: 0, kill_exec_ns: 7_000_000, signal_sent_ns: 12_000_000, kill_sent_ns: 1_030_000_000 },
  ...{ process_gone_ns: 1_030_023_000, delete_exec_ns: 1_035_000_000, delete_exit_ns: 1_040_000_000 },
  ...{ network_left_ns: 1_090_000_000, unmounted_ns: 1_091_000_000, stop_done_ns: 1_100_000_000, removed_ns: 1_106_000_000 },
  ...{ clock_error_ns: 1_000, lost_events: 0 },
};

function read(cells: Times): string {
  const row = {
    ...{ trial: 1, session: 1, block: 2, warmup: false, entrypoint: "ignores", outcome: "ok", container_id: "a".repeat(64) },
    ...{ started_unix_ns: unixNs(1n), signal_ignored: true, probe: "tracefs", reason: null, ...MEASURED, ...cells },
  } as unknown as StopRow;
  try {
    return `${stopTable.parse(stopTable.header + stopTable.formatRow(row), "stop.csv").length} read`;
  } catch (error) {
    return (error as Error).message;
  }
}

describe("a row of stop.csv", () => {
  test.each<[Times, string]>([
    [{ stop_sent_ns: 5 }, "stop_sent is the origin of all times, and not 0 but 5 ns"],
    [{ stop_sent_ns: null, reason: "none" }, "kill_exec without stop_sent, the origin of all times"],
    [{ stop_done_ns: 0 }, "the outcome is ok, with stop_done_ns 0"],
    [{ stop_done_ns: -1 }, "stop_done at -1 ns is before stop_sent"],
    [{ removed_ns: 1_099_999_999 }, "removed at 1099999999 ns is before stop_done at 1100000000 ns"],
    [{ kill_exec_ns: -1_001 }, "kill_exec at -1001 ns is before stop_sent, by more than the error of 1000 ns allows"],
    [{ network_left_ns: -1_001 }, "network_left at -1001 ns is before stop_sent"],
    [{ signal_sent_ns: 6_998_999 }, "signal_sent at 6998999 ns is before kill_exec at 7000000 ns, which has to come first"],
    [{ process_gone_ns: 11_000_000, kill_sent_ns: null }, "process_gone at 11000000 ns is before signal_sent at"],
    [{ process_gone_ns: 1_029_000_000 }, "process_gone at 1029000000 ns is before kill_sent at"],
    [{ delete_exit_ns: 1_034_000_000 }, "delete_exit at 1034000000 ns is before delete_exec at"],
    [{ lost_events: 2 }, "the outcome is ok, and the kernel dropped 2 trace events"],
    [{ clock_error_ns: 60_000_000_001 }, "clock_error_ns 60000000001 is more than a stop may take"],
  ])("is refused with %j", (cells, message) => {
    expect(read(cells)).toContain(`stop.csv:2: ${message}`);
  });

  test.each<[Times, string]>([
    [{ signal_ignored: false }, 'column signal_ignored: got "false", expected true'],
    [{ entrypoint: "handles", kill_sent_ns: null }, 'column signal_ignored: got "true", expected false: handles has a handler'],
    [{ entrypoint: "init", kill_sent_ns: null }, 'column signal_ignored: got "true", expected false: init handles'],
    [{ entrypoint: "handles", kill_sent_ns: null, signal_ignored: false }, "1 read"],
    // A sandbox is sent no other signal than SIGKILL, and where nobody watched nothing is known.
    [{ kill_sent_ns: null, signal_ignored: false }, "1 read"],
    [{ kill_sent_ns: null, signal_ignored: null }, "1 read"],
    // A shell that was stopped before it had set its trap was killed in the end.
    [{ entrypoint: "handles" }, 'column signal_ignored: got "true", expected false: handles has a handler'],
    [{ entrypoint: "handles", signal_ignored: false }, "1 read"], // its shell was slow, and killed
    [{ entrypoint: "init" }, "1 read"],
    [{ signal_ignored: false, outcome: "probe-lost" }, "1 read"],
  ])("what became of the signal fits what ended the container: %j", (cells, message) => {
    expect(read(cells)).toContain(message);
  });

  test("sleep ends at once below an init that the engine gives every container", () => {
    const early = { process_gone_ns: 13_000_000, delete_exec_ns: 14e6, delete_exit_ns: 15e6, network_left_ns: 16e6 };
    const at_once = { ...early, unmounted_ns: 17e6, stop_done_ns: 18e6, removed_ns: 19e6, kill_sent_ns: null };
    expect(read({ ...at_once, signal_ignored: false })).toBe("1 read");
    expect(read(at_once)).toContain('column stop_done_ns: got "18000000", expected 900000000 ns or more');
  });

  test("may have times turned by its error bound, lack milestones, and is not checked when its trace cannot be trusted", () => {
    expect(read({ kill_exec_ns: -1_000, signal_sent_ns: -1_000, clock_error_ns: 51_000 })).toBe("1 read");
    expect(read({ kill_exec_ns: null, kill_sent_ns: null, delete_exec_ns: null, unmounted_ns: null })).toBe("1 read");
    expect(read({ process_gone_ns: -5_000, outcome: "probe-lost", lost_events: 2 })).toBe("1 read");
  });
});
