/** Runs that are killed at any moment: no row is lost or wrong, and one sweep removes all that was left, the lock included. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { OWNER_LABEL } from "../benchmarks/edges/host/owner.ts";
import { startupTable } from "../research/tables/startup.ts";
import { begin, tierbench } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";

const KILLS = 12;
/** From the first row on: of the order of a start, so that each of its calls is met. */
const LONGEST_WAIT_MS = 1_500;

const { found, folder } = engineAndFolder("kills");

it.each(Array.from({ length: KILLS }, (_, index) => (LONGEST_WAIT_MS * index) / KILLS))(
  "killed %d ms after its first block",
  async (wait) => {
    const label = `killed-${Math.round(wait)}`;
    const { child, ended, errors } = begin([
      ...["run", "startup", "--platform", label, "--out", folder, "--engine", found.url],
      ...["--images", "small", "--iterations", "500"],
    ]);
    await expect.poll(errors, { timeout: 60_000 }).toContain("block 1/");
    const told = startupTable.parse(readFileSync(join(folder, label, "startup.csv"), "utf8"), label);
    await setTimeout(wait);
    process.kill(-(child.pid as number), "SIGKILL");
    await ended;
    const rows = startupTable.parse(readFileSync(join(folder, label, "startup.csv"), "utf8"), label);
    expect(rows.slice(0, told.length)).toEqual(told);
    expect(rows.map(({ trial }) => trial)).toEqual(rows.map((_, index) => index + 1));

    const swept = await tierbench(["sweep", "--engine", found.url]);
    expect(swept.code, swept.stderr).toBe(0);
    expect(swept.stdout).toMatch(/^removed lock /m);
    const left = await found.engine.docker.listContainers({ all: true, filters: JSON.stringify({ label: [OWNER_LABEL] }) });
    expect(left.filter(({ Labels }) => Labels[OWNER_LABEL]?.startsWith(`${child.pid}.`))).toEqual([]);
    expect(readdirSync("/sys/kernel/tracing/instances").filter((name) => name.startsWith(`tierbench-${child.pid}.`))).toEqual([]);
  },
);
