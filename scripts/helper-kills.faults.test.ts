/** The helper, or the command that started it, is killed at any moment: one sweep later nothing of either is there. */
import { existsSync, readdirSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { HELPER_LABEL, OWNER_LABEL } from "../benchmarks/edges/host/owner.ts";
import { sweepTurn } from "../benchmarks/testing/sweep-turn.ts";
import { SIDECAR_INSTANCE_PREFIX } from "../benchmarks/timeline/sidecar-script.ts";
import { begin, tierbench } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";

/** Of a busy machine, where a start takes many times as long. */
const PATIENCE_MS = 600_000;
const { found, folder } = engineAndFolder("helpers");

const instances = (): string[] =>
  readdirSync("/sys/kernel/tracing/instances").filter((name) => name.startsWith(SIDECAR_INSTANCE_PREFIX));
/** Those whose helper is gone; other engines of this host may have helpers that live. */
const orphans = (): string[] =>
  instances().filter((name) => !existsSync(`/proc/${name.slice(SIDECAR_INSTANCE_PREFIX.length).split(".")[0]}`));
const containers = (label: string) =>
  found.engine.docker.listContainers({ all: true, filters: JSON.stringify({ label: [label] }) });

/** Of the helper: its container is made, it has its trace instance, it has seen a start and sees the next one. */
const MOMENTS = ["made", "tracing", "in a start", "in a later part of it"] as const;

it.each(["command", "helper"].flatMap((victim) => MOMENTS.map((moment) => [victim, moment] as const)))(
  "%s killed when the helper is %s",
  { timeout: 2 * PATIENCE_MS },
  async (victim, moment) => {
    await using _turn = await sweepTurn();
    const before = instances();
    const label = `${victim}-${MOMENTS.indexOf(moment)}`;
    const { child, ended, errors } = begin([
      ...["run", "startup", "--platform", label, "--out", folder, "--engine", found.url],
      ...["--images", "small", "--iterations", "4", "--sessions", "1", "--probe", "sidecar"],
    ]);
    const helpers = async () => (await containers(HELPER_LABEL)).map(({ Id }) => found.engine.docker.getContainer(Id));
    await expect.poll(helpers, { timeout: PATIENCE_MS, interval: 5 }).not.toEqual([]);
    if (moment !== "made") await expect.poll(instances, { timeout: PATIENCE_MS, interval: 5 }).not.toEqual(before);
    if (moment.includes("start") || moment.includes("part"))
      await expect.poll(errors, { timeout: PATIENCE_MS }).toContain("block 1/");
    if (moment.includes("part")) await setTimeout(700);
    if (victim === "command") process.kill(-(child.pid as number), "SIGKILL");
    // It may not run yet, or not any more.
    else for (const helper of await helpers()) await helper.kill({ signal: "SIGKILL" }).catch(() => undefined);
    const { code, stderr } = await ended;
    if (victim === "helper") expect([0, 1], stderr).toContain(code);

    // A helper whose command is gone ends by itself, in its own time, and the engine removes it.
    const swept = await tierbench(["sweep", "--engine", found.url]);
    expect(swept.code, `${swept.stdout}${swept.stderr}`).toBe(0);
    await expect.poll(() => containers(OWNER_LABEL), { timeout: PATIENCE_MS }).toEqual([]);
    expect(orphans()).toEqual([]);
  },
);
