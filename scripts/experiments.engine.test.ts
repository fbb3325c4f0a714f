import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseManifest } from "../research/manifest.ts";
import { cpuThrottlingTable } from "../research/tables/cpu-throttling.ts";
import { metadataTable } from "../research/tables/metadata.ts";
import { networkTargetTable } from "../research/tables/network-target.ts";
import { tierbenchHere } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";

const { found, folder } = engineAndFolder("test");
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };

const run = (platform: string, ...more: string[]): string[] => [
  "run",
  ...more,
  ...["--platform", platform, "--out", folder, "--engine", found.url, "--iterations", "1", "--seed", "5"],
];
const read = (platform: string, file: string): string => readFileSync(join(folder, platform, file), "utf8");
const session = (platform: string) => parseManifest(read(platform, "platform.json"), platform, version).sessions[0];

describe("run with several experiments", () => {
  it("measures each into its own table, says which and how often, and continues where one cannot be measured", async () => {
    const measured = await tierbenchHere(run("several", "namespaces", "metadata", "cpu-throttling", "--probe", "events"));
    expect(measured.code, measured.stderr).toBe(0);
    const metadata = metadataTable.parse(read("several", "metadata.csv"), "metadata.csv");
    expect(metadata.map(({ trial, warmup }) => [trial, warmup])).toEqual([
      [1, true],
      [2, true],
      [3, true],
      [4, false],
      [5, false],
      [6, false],
    ]);
    expect(metadata.every(({ outcome, clock }) => outcome === "ok" && clock === "client")).toBe(true);
    expect(cpuThrottlingTable.parse(read("several", "cpu-throttling.csv"), "cpu-throttling.csv")).toHaveLength(4);
    expect(session("several")).toMatchObject({
      ending: "complete",
      command: [],
      iterations: { warm: 0, cold: 0, warmup_blocks: 0 },
      experiments: [
        { name: "cpu-throttling", conditions: ["0.25", "0.5", "1.0", "none"], iterations: 1, warmup_blocks: 0 },
        {
          ...{ name: "metadata", conditions: ["overlay", "volume", "tmpfs"], iterations: 1, warmup_blocks: 1 },
          workload: "500 files in a new folder apart from others, all storages in one container",
          images: [{ name: "large", digest: expect.any(String), conditions: ["overlay", "volume", "tmpfs"] }],
        },
        { name: "namespaces", iterations: 1, warmup_blocks: 1 },
      ],
    });
    const [used] = session("several")?.experiments?.find(({ name }) => name === "metadata")?.images ?? [];
    expect(used?.digest).toBe(session("several")?.images.find(({ name }) => name === "large")?.digest);
    const took = session("several")?.experiments?.map(({ name, seconds }) => [name, typeof seconds]);
    // The one that is not available has not ended.
    expect(took).toEqual([
      ["cpu-throttling", "number"],
      ["metadata", "number"],
      ["namespaces", "undefined"],
    ]);
    expect(measured.stderr).toContain("Trials of each condition: cpu-throttling 1, metadata 1, namespaces 1; about");
    const warning = session("several")?.warnings.find(({ summary }) => summary.startsWith("namespaces could not be completed"));
    expect(warning?.evidence).toContain("this needs the kernel's trace");
    // Recorded without a path of this machine, but told with the folder that is needed here.
    expect(warning?.remedy).toBe("fix that, then add a session: `tierbench run namespaces --platform several --append`");
    expect(measured.stderr.replaceAll(/\s+/g, " ")).toMatch(/tierbench run namespaces --platform several --out \S+ --append/);
  });

  it("alone and impossible is a failure with the reason", async () => {
    const ended = await tierbenchHere(run("impossible", "namespaces", "--probe", "events"));
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("tierbench: this needs the kernel's trace");
    expect(session("impossible")).toMatchObject({ ending: "failed" });
  });

  it("looks up the host that --target names, and records it", async () => {
    const measured = await tierbenchHere(run("target", "network-target", "--target", "localhost"));
    expect(measured.code, measured.stderr).toBe(0);
    expect(session("target")).toMatchObject({
      ending: "complete",
      target: "localhost",
      experiments: [{ name: "network-target", conditions: ["bridge localhost", "host localhost"] }],
    });
    const rows = networkTargetTable.parse(read("target", "network-target.csv"), "network-target.csv");
    expect(rows.map(({ outcome, target, address }) => [outcome, target, address])).toEqual(
      Array.from({ length: 4 }, () => ["ok", "localhost", "127.0.0.1"]),
    );
  });

  it("records the registry that --registry names, and ends as failed where it refuses", async () => {
    const ended = await tierbenchHere(run("registry", "pull", "--registry", "127.0.0.1:1/team"));
    expect(ended.code).toBe(1);
    expect(session("registry")).toMatchObject({ ending: "failed", registry: "127.0.0.1:1/team" });
  });
});
