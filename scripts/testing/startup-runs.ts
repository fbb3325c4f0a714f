/** Short runs of startup on a test's engine: their arguments, what they wrote, and what they left on engine and host. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { OWNER_LABEL } from "../../benchmarks/edges/host/owner.ts";
import { parseManifest } from "../../research/manifest.ts";
import { startupTable } from "../../research/tables/startup.ts";
import type { engineAndFolder } from "./engine-and-folder.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
type Process = { readonly pid?: number | undefined };

export function startupRuns({ found, folder }: ReturnType<typeof engineAndFolder>) {
  /** What a run made: its process is the command's own, and another run may be at work beside it. */
  const containersOf = async ({ pid }: Process) =>
    (await found.engine.docker.listContainers({ all: true, filters: JSON.stringify({ label: [OWNER_LABEL] }) })).filter(
      ({ Labels }) => Labels[OWNER_LABEL]?.startsWith(`${pid}.`),
    );
  /**
   * Of the small image, one warm iteration; what a test asks for otherwise takes the place of that. A cold start empties the
   * page cache of the whole machine: all that runs beside it reads its programs again.
   */
  const arguments_ = (platform: string, ...more: string[]): string[] => {
    const usual = { "--out": folder, "--engine": found.url, "--images": "small", "--modes": "warm", "--iterations": "1" };
    const defaults = Object.entries(usual).flatMap((option) => (more.includes(option[0]) ? [] : option));
    return ["run", "startup", "--platform", platform, ...more, ...defaults];
  };
  const instancesOf = ({ pid }: Process) =>
    readdirSync("/sys/kernel/tracing/instances").filter((name) => name.startsWith(`tierbench-${pid}.`));
  return {
    arguments_,
    /** Where nobody looks at what a start is made of: without wiring a network it takes less than half of the time. */
    quick: (platform: string, ...more: string[]): string[] => arguments_(platform, "--network", "host", ...more),
    rows: (platform: string, out = folder) =>
      startupTable.parse(readFileSync(join(out, platform, "startup.csv"), "utf8"), platform),
    manifest: (platform: string, out = folder) =>
      parseManifest(readFileSync(join(out, platform, "platform.json"), "utf8"), platform, version),
    containersOf,
    nothingIsLeftOf: async (child: Process): Promise<void> => {
      expect(await containersOf(child)).toEqual([]);
      expect(instancesOf(child)).toEqual([]);
    },
  };
}
