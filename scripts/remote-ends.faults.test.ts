/** Runs on an engine at the other end of an ssh connection that are ended: nothing of them stays, here or over there. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { HELPER_LABEL, OWNER_LABEL } from "../benchmarks/edges/host/owner.ts";
import { sweepTurn } from "../benchmarks/testing/sweep-turn.ts";
import { begin, tierbenchHere } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";
import { openSshd, type Sshd } from "./testing/sshd.ts";

const { found, folder } = engineAndFolder("ends");
let sshd: Sshd;
beforeAll(async () => {
  sshd = await openSshd();
}, 300_000);
afterAll(() => sshd?.[Symbol.asyncDispose]());
const url = (): string => `ssh://${sshd.host}${found.url.slice("unix://".length)}`;
const helpers = () => found.engine.docker.listContainers({ all: true, filters: JSON.stringify({ label: [HELPER_LABEL] }) });

it("is let go, helper and connection, by a run that was killed", async () => {
  await using _turn = await sweepTurn();
  const args = ["run", "startup", "--platform", "killed", "--out", folder, "--engine", url(), "--images", "small"];
  const { child, ended, errors } = begin(args, { PATH: sshd.path });
  await expect.poll(errors, { timeout: 60_000 }).toContain("block 1/");
  // The run's own, which idles while a session measures, and the session's.
  expect(sshd.connections()).toBe(2);
  child.kill("SIGKILL");
  await ended;
  await expect.poll(sshd.connections, { timeout: 15_000 }).toBe(0);
  await expect.poll(helpers, { timeout: 15_000 }).toEqual([]);
  const swept = await tierbenchHere(["sweep", "--engine", url()], { PATH: sshd.path });
  expect(swept.code, swept.stderr).toBe(0);
});

it("keeps its connection through a Ctrl-C, so that what is under way can be cleaned up", async () => {
  const args = ["run", "startup", "--platform", "stopped", "--out", folder, "--engine", url(), "--images", "small"];
  const { child, ended, errors } = begin(args, { PATH: sshd.path });
  await expect.poll(errors, { timeout: 60_000 }).toContain("block 1/");
  process.kill(-(child.pid as number), "SIGINT");
  expect((await ended).code).toBe(130);
  const left = await found.engine.docker.listContainers({ all: true, filters: JSON.stringify({ label: [OWNER_LABEL] }) });
  expect(left).toEqual([]);
});
