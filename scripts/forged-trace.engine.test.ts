/** Programs of strangers whose names hold lines of a trace, executed while a start is watched. */
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Sidecar } from "../benchmarks/edges/probe/sidecar.ts";
import { openSidecarProbe } from "../benchmarks/edges/probe/sidecar-probe.ts";
import { openTracefs } from "../benchmarks/edges/probe/tracefs.ts";
import { traceDoubt } from "../benchmarks/timeline/trace-doubt.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";

const { found, folder } = engineAndFolder("forged");

/** Names of files are up to 255 bytes: enough for a line of the trace. */
const FORGED = `x\n${"forger".padStart(16)}-1       [000] .....  1.000001: sched_process_exec: filename=y`;

it.each([
  ["tracefs", async () => openTracefs()],
  ["sidecar", async () => openSidecarProbe(await Sidecar.start(found.engine.docker, found.small))],
])("%s records nothing of them, and what else ran as before", async (_, open) => {
  const forger = join(folder, FORGED);
  copyFileSync("/bin/true", forger);
  await using probe = await open();
  await probe.begin();
  execFileSync(forger);
  execFileSync("/bin/true");
  const record = await probe.end();
  if ("problem" in record) throw new Error(record.problem);
  expect(record.lines.filter((line) => line.includes("forger"))).toEqual([]);
  expect(record.lines.filter((line) => line.includes("sched_process_exec: filename=/bin/true "))).toHaveLength(1);
  expect(traceDoubt({ ...record, lost: 0 })).toBeUndefined();
});

it("a thread whose name holds line ends breaks no line that matters", async () => {
  const script = join(folder, "named.py");
  const rename = "import ctypes; ctypes.CDLL(None).prctl(15, b'a\\n-1 [000] 1.0:', 0, 0, 0)";
  writeFileSync(script, `${rename}\nimport os\nfor _ in range(20): os.write(1, b'x'); os.waitpid(os.fork() or os._exit(0), 0)\n`);
  await using probe = openTracefs();
  await probe.begin();
  const child = spawn("python3", [script], { stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.resume();
  const code = await new Promise((resolve) => child.once("close", resolve));
  const record = await probe.end();
  expect(code).toBe(0);
  if ("problem" in record) throw new Error(record.problem);
  expect(record.lines.some((line) => line.includes("-1 [000] 1.0:"))).toBe(true);
  expect(traceDoubt({ ...record, lost: 0 })).toBeUndefined();
});
