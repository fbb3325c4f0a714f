import { afterAll, beforeAll, expect, it } from "vitest";
import { stopTable } from "../../research/tables/stop.ts";
import { type TestLaboratory, testLaboratory } from "../testing/laboratory.ts";
import { stop } from "./stop.ts";

let lab: TestLaboratory;
beforeAll(async () => {
  lab = await testLaboratory(["shell"]);
}, 600_000);
afterAll(async () => {
  await lab?.[Symbol.asyncDispose]();
});

it("a first process without a handler is killed after its second, and the kernel says that it ignored the signal", async () => {
  const rows = await lab.measure(stop, stopTable, 1, { engine: lab.wired });
  expect(rows.map(({ entrypoint, outcome, reason }) => [entrypoint, outcome, reason]).sort()).toEqual([
    ["handles", "ok", null],
    ["ignores", "ok", null],
    ["init", "ok", null],
  ]);
  for (const row of rows) {
    const ignores = row.entrypoint === "ignores";
    expect(row.signal_ignored, row.entrypoint).toBe(ignores);
    expect(row.kill_sent_ns !== null, row.entrypoint).toBe(ignores);
    const order = [row.kill_exec_ns, row.signal_sent_ns, row.process_gone_ns, row.delete_exec_ns, row.delete_exit_ns];
    expect(order, row.entrypoint).toEqual([...order].sort((a, b) => Number(a) - Number(b)));
    expect(order).not.toContain(null);
    expect(row.network_left_ns).not.toBeNull();
  }
}, 300_000);
