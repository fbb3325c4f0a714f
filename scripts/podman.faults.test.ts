/** Podman's Docker-compatible API is an engine like the others: the same command, the same columns, the same tiers. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decompose } from "../analysis/subjects/starts.ts";
import { OWNER_LABEL } from "../benchmarks/edges/host/owner.ts";
import { parseManifest } from "../research/manifest.ts";
import { PHASE_NAMES, type PhaseName } from "../research/phases.ts";
import { type StartupRow, startupTable } from "../research/tables/startup.ts";
import { tierbenchHere } from "./testing/command.ts";
import { openPodman, type PodmanService } from "./testing/podman.ts";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
const folder = mkdtempSync(join(tmpdir(), "tierbench-on-podman-"));
let podman: PodmanService;

beforeAll(async () => {
  podman = await openPodman();
}, 300_000);
afterAll(async () => {
  await podman?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const ours = () =>
  new Docker({ socketPath: podman.url.slice("unix://".length) }).listContainers({
    all: true,
    filters: JSON.stringify({ label: [OWNER_LABEL] }),
  });

/** Its runtime's create runs when the client attaches, before the start is asked for; and it has no hook of a daemon's. */
const ORDER: readonly PhaseName[] = PHASE_NAMES.filter(
  (name) => name !== "daemon_prepare" && name !== "hook" && name !== "rootfs_pivot",
).flatMap((name) => (name === "daemon_start_task" ? [name, "daemon_prepare" as const] : [name]));

describe("Podman's Docker-compatible API", () => {
  it("is measured in three tiers without a gap, and every container's end is announced", async () => {
    const options = { "--platform": "podman", "--out": folder, "--engine": podman.url, "--images": "small", "--iterations": "2" };
    const measured = await tierbenchHere(["run", "startup", "--seed", "1", ...Object.entries(options).flat()]);
    expect(measured.code, measured.stderr).toBe(0);

    const rows = startupTable.parse(readFileSync(join(folder, "podman/startup.csv"), "utf8"), "startup.csv");
    expect(new Set(rows.map(({ mode }) => mode))).toEqual(new Set(["warm", "cold"]));
    for (const row of rows) {
      expect(row).toMatchObject({ outcome: "ok", probe: "tracefs", lost_events: 0 });
      const { phases, tiers, total_ns } = decompose(row);
      expect(phases.map(({ phase }) => phase)).toEqual(ORDER);
      expect(phases.flatMap(({ encloses }) => encloses)).toEqual([]);
      expect(phases.reduce((sum, { duration_ns }) => sum + duration_ns, 0)).toBe(total_ns);
      expect((tiers.daemon_ns ?? 0) + (tiers.runtime_ns ?? 0) + (tiers.process_ns ?? 0)).toBe(total_ns);
      expectInOrder(row, ["create_done_ns", "shim_exec_ns", "create_exec_ns", "create_exit_ns", "start_sent_ns"]);
      expectInOrder(row, ["start_sent_ns", "runtime_start_exec_ns", "entry_exec_ns", "entry_acts_ns", "first_byte_ns"]);
      expectInOrder(row, ["event_create_ns", "event_start_ns", "event_die_ns", "event_destroy_ns", "removed_ns"]);
    }
    const [session] = parseManifest(readFileSync(join(folder, "podman/platform.json"), "utf8"), "podman", version).sessions;
    expect(session?.engine.server).toMatch(/^Podman \d/);
    expect(session?.engine.components.runc).toMatch(/^\d\S+$/);
    expect(session?.warnings.map(({ summary }) => summary).join()).not.toContain("did not announce");
    expect(await ours()).toEqual([]);
  });

  it("is watched through a helper just as well", async () => {
    const { code, stdout, stderr } = await tierbenchHere([
      "trace",
      "small",
      "--engine",
      podman.url,
      "--probe",
      "sidecar",
      "--format",
      "json",
      "--",
      "echo",
      "hello",
    ]);
    expect(code, stderr).toBe(0);
    const [start] = (JSON.parse(stdout) as { starts: { phases: { phase: string }[]; problem: string | null }[] }).starts;
    expect(start?.problem).toBeNull();
    expect(start?.phases.map(({ phase }) => phase)).toEqual(ORDER);
    expect(await ours()).toEqual([]);
  });

  it("is described by doctor in one entry", async () => {
    const { code, stdout } = await tierbenchHere(["doctor", "--full", "--engine", podman.url]);
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\n {4}/g, " ")).toMatch(
      /^ {2}yes Docker engine: Podman \d\S* from --engine; runtime runc \d\S* [^;\n]*; storage [^\n]*\n {2}yes kernel/m,
    );
  });
});

function expectInOrder(row: StartupRow, columns: readonly (keyof StartupRow & `${string}_ns`)[]): void {
  const times = columns.map((column) => row[column]);
  expect(times, columns.join()).not.toContain(null);
  expect(times, columns.join()).toEqual(times.toSorted((a, b) => Number(a) - Number(b)));
}
