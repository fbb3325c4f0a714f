import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { traceDoubt } from "../../timeline/trace-doubt.ts";
import { readTraceText } from "../../timeline/trace-text.ts";
import { ownerToken } from "../host/owner.ts";
import { openTracefs } from "./tracefs.ts";

const INSTANCE = `/sys/kernel/tracing/instances/tierbench-${ownerToken}`;
/** Holds tracefs mounted between two probes. */
const HOLDER = `/sys/kernel/tracing/instances/tierbench-test-${ownerToken}`;

beforeAll(() => {
  if (!existsSync("/sys/kernel/tracing/trace_clock")) execFileSync("mount", ["-t", "tracefs", "nodev", "/sys/kernel/tracing"]);
  mkdirSync(HOLDER);
});
afterAll(() => {
  execFileSync("rmdir", [HOLDER]);
});

async function recorded(): Promise<readonly string[]> {
  await using probe = openTracefs();
  await probe.begin();
  execFileSync("sh", ["-c", "echo x >/dev/stderr; echo y"], { stdio: "ignore" });
  const record = await probe.end();
  if ("problem" in record) throw new Error(record.problem);
  return record.lines;
}

describe("the kernel's trace", () => {
  // An instance begins with the options of the trace above it; one that is there already keeps what it has.
  it.each(["noirq-info", "nocontext-info", "latency-format", "hex", "raw", "bin", "fields", "verbose", "record-tgid"])(
    "can be read where somebody has set %s for the whole machine",
    async (option) => {
      mkdirSync(INSTANCE);
      writeFileSync(`${INSTANCE}/trace_options`, option);
      const lines = await recorded();
      expect(traceDoubt({ lost: 0, lines })).toBeUndefined();
      const kinds = new Set(readTraceText(lines).events.map(({ kind }) => kind));
      for (const kind of ["fork", "exec", "exit", "write", "close", "return", "link_opened"]) expect(kinds).toContain(kind);
    },
  );

  it("leaves no instance, though its events have triggers", async () => {
    await recorded();
    expect(existsSync(INSTANCE)).toBe(false);
  });
});
