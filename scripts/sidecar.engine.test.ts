import { readFileSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import type Docker from "dockerode";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { KernelProbe } from "../benchmarks/design/ports.ts";
import { HELPER_LABEL, OWNER_LABEL } from "../benchmarks/edges/host/owner.ts";
import { openTracefs } from "../benchmarks/edges/probe/tracefs.ts";
import { testEngine } from "../benchmarks/testing/engine.ts";
import { type EngineProxy, openProxy } from "../benchmarks/testing/proxy.ts";
import { sweepTurn } from "../benchmarks/testing/sweep-turn.ts";
import { parseManifest, type Session } from "../research/manifest.ts";
import { startupTable } from "../research/tables/startup.ts";
import { errorLines, tierbenchHere } from "./testing/command.ts";

let found: Awaited<ReturnType<typeof testEngine>>;
let docker: Docker;
let folder: string;
/** Makes the engine one of elsewhere: what is reached over TCP may be anywhere. */
let proxy: EngineProxy;
/** Keeps tracefs mounted, so that the helper's instances can be seen here. */
let tracefs: KernelProbe;
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };

beforeAll(async () => {
  found = await testEngine();
  docker = found.engine.docker;
  folder = await mkdtemp(join(tmpdir(), "tierbench-sidecar-"));
  proxy = await openProxy(found.url.slice("unix://".length));
  tracefs = openTracefs();
}, 300_000);
afterAll(async () => {
  await tracefs?.[Symbol.asyncDispose]();
  await proxy?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
  await found?.[Symbol.asyncDispose]();
});

const url = (): string => `tcp://127.0.0.1:${proxy.port}`;
const run = (platform: string, iterations: string, ...more: string[]): string[] => {
  const usual = { "--platform": platform, "--out": folder, "--engine": url(), "--images": "small", "--iterations": iterations };
  return ["run", "startup", "--network", "host", ...Object.entries(usual).flat(), ...more];
};
const rows = (platform: string) => startupTable.parse(readFileSync(join(folder, platform, "startup.csv"), "utf8"), platform);
const session = (platform: string): Session =>
  parseManifest(readFileSync(join(folder, platform, "platform.json"), "utf8"), platform, version).sessions[0] as Session;
const ours = () => docker.listContainers({ all: true, filters: JSON.stringify({ label: [OWNER_LABEL] }) });

describe("an engine that is elsewhere", () => {
  it("is measured through a helper, said so, with tiers and a bound in every row", async () => {
    const measured = await tierbenchHere(run("remote", "2"));
    expect(measured.code, measured.stderr).toBe(0);
    expect(measured.stderr).toContain("Starting a helper container with SYS_ADMIN");
    const table = rows("remote");
    expect(table).toHaveLength(6);
    for (const row of table) {
      expect(row).toMatchObject({ outcome: "ok", probe: "sidecar", lost_events: 0 });
      expect(row.entry_exec_ns).toBeGreaterThan(row.start_sent_ns ?? Number.NaN);
      expect(row.clock_error_ns).toBeGreaterThan(1_000);
      expect(row.clock_error_ns).toBeLessThan(5_000_000);
      // Causality, within the bound: acted before the byte was read, shim started after the request was sent.
      expect(row.entry_acts_ns).toBeLessThan((row.first_byte_ns ?? Number.NaN) + row.clock_error_ns);
      expect(row.shim_exec_ns).toBeGreaterThan((row.start_sent_ns ?? Number.NaN) - row.clock_error_ns);
    }
    const { probe, host, load_before, warnings } = session("remote");
    expect(probe).toMatchObject({ name: "sidecar" });
    expect(host).toMatchObject({ cpu_count: (await docker.info()).NCPU });
    expect(load_before).not.toBeNull();
    expect(warnings.map(({ summary }) => summary)).toContain("cold starts were made cold, but not verified to be cold");
    expect(warnings.map(({ summary }) => summary)).not.toContain("other containers run on this engine");
    expect(await ours()).toEqual([]);
  });

  it("gets no helper with --no-sidecar, and the reason is recorded", async () => {
    const measured = await tierbenchHere(run("unhelped", "1", "--no-sidecar"));
    expect(measured.code, measured.stderr).toBe(0);
    expect(measured.stderr).not.toContain("helper container");
    expect(rows("unhelped").every(({ probe, entry_exec_ns }) => probe === "events" && entry_exec_ns === null)).toBe(true);
    expect(session("unhelped").probe.reason).toContain("forbidden by --no-sidecar");
  });

  it("is diagnosed through a helper", async () => {
    const { stdout, code } = await tierbenchHere(["doctor", "--full", "--engine", url()]);
    expect(code).toBe(0);
    expect(stdout).toContain("yes kernel probe (sidecar)");
    expect(stdout).toMatch(/load \d/);
    expect(await ours()).toEqual([]);
  });

  it("cannot have tracefs, nor a helper that is forbidden", async () => {
    const tracefsWanted = await tierbenchHere(["trace", "small", "--engine", url(), "--probe", "tracefs"]);
    expect(tracefsWanted.code).toBe(1);
    expect(errorLines(tracefsWanted).join()).toContain("the engine has another kernel or clock than this machine");
    const contradiction = await tierbenchHere(["trace", "small", "--engine", url(), "--probe", "sidecar", "--no-sidecar"]);
    expect(contradiction.code).toBe(2);
  });
});

describe("sweep", () => {
  it("lets a helper end by itself, so that its trace instance goes, before it removes it", async () => {
    await using _turn = await sweepTurn();
    const helper = await docker.createContainer({
      Image: found.small,
      Cmd: ["sh", "-c", "trap 'echo ended by itself; exit' TERM; while :; do sleep 0.1; done"],
      Labels: { [OWNER_LABEL]: `4194303.1@${hostname()}`, [HELPER_LABEL]: "sidecar" },
      HostConfig: { NetworkMode: "none" },
    });
    const output = await helper.attach({ stream: true, stdout: true });
    let said = "";
    output.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    await helper.start();
    const { stdout } = await tierbenchHere(["sweep", "--engine", found.url]);
    expect(stdout).toContain(`removed container ${helper.id.slice(0, 12)}`);
    expect(said).toContain("ended by itself");
  });
});
