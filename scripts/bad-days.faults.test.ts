/** What takes a run long to survive: a kill, a full disk, nobody who reads, another run, an engine that is gone. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sweepTurn } from "../benchmarks/testing/sweep-turn.ts";
import { begin, errorLines, tierbenchHere } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";
import { expectRowsElsewhere } from "./testing/lost-results.ts";
import { startupRuns } from "./testing/startup-runs.ts";

const PATIENTLY = { timeout: 60_000 };
const test = engineAndFolder("bad-days");
const { found, folder } = test;
const { quick, rows, manifest, containersOf, nothingIsLeftOf } = startupRuns(test);

it("a killed run leaves sound rows, and sweep removes the rest", async () => {
  await using _turn = await sweepTurn();
  const { child, ended, errors } = begin(quick("killed", "--iterations", "500"));
  await expect.poll(errors, PATIENTLY).toContain("block 1/");
  await expect.poll(() => containersOf(child), PATIENTLY).not.toEqual([]);
  process.kill(-(child.pid as number), "SIGKILL");
  await ended;
  expect(rows("killed").length).toBeGreaterThanOrEqual(1);
  expect(manifest("killed").sessions[0]).toMatchObject({ ending: null });
  const swept = await tierbenchHere(["sweep", "--engine", found.url]);
  expect(swept.stdout).toMatch(/removed trace instance tierbench-/);
  await nothingIsLeftOf(child);
});

it("gives up when every start fails, with the reason, and keeps the rows", async () => {
  const bare = await found.engine.docker.createContainer({ Image: found.small, Cmd: ["rm", "/bin/echo"] });
  await bare.start();
  await bare.wait();
  const image = `tierbench-test:${process.pid}`;
  await bare.commit({ repo: "tierbench-test", tag: String(process.pid) });
  await bare.remove();
  try {
    const end = await tierbenchHere(quick("hopeless", "--images", `bare=${image}`, "--iterations", "50"));
    expect(end.code).toBe(1);
    expect(errorLines(end).join()).toMatch(/5 starts in a row failed, the last: .*echo/);
    expect(rows("hopeless").map(({ outcome }) => outcome)).toEqual(["failed", "failed", "failed", "failed", "failed"]);
  } finally {
    await found.engine.docker.getImage(image).remove();
  }
});

it("a full disk loses no row that was there", async () => {
  const small = mkdtempSync(join(tmpdir(), "tierbench-full-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", small]);
  try {
    const { ended, errors } = begin(quick("full", "--out", small, "--iterations", "500"));
    await expect.poll(errors, PATIENTLY).toContain("block 1/");
    expect(() => writeFileSync(join(small, "filler"), Buffer.alloc(1 << 20))).toThrow("ENOSPC");
    const end = await ended;
    expect(end.code).toBe(1);
    expect(errorLines(end).join()).toMatch(/the disk is full|ENOSPC/);
    expect(rows("full", small).length).toBeGreaterThanOrEqual(1);
    expect(manifest("full", small).label).toBe("full");
  } finally {
    execFileSync("umount", [small]);
    rmSync(small, { recursive: true });
  }
});

it("continues when nobody reads its progress any more, and cleans up when it is interrupted", async () => {
  const { child, ended, errors } = begin(quick("unread", "--iterations", "500"));
  await expect.poll(errors, PATIENTLY).toContain("block 1/");
  child.stderr?.destroy();
  const before = rows("unread").length;
  await expect.poll(() => rows("unread").length, PATIENTLY).toBeGreaterThan(before + 1);
  process.kill(-(child.pid as number), "SIGINT");
  expect((await ended).code).toBe(130);
  expect(manifest("unread").sessions[0]).toMatchObject({ ending: "interrupted" });
  await nothingIsLeftOf(child);
});

it("two runs cannot write into one platform at the same time", async () => {
  const first = begin(quick("shared", "--iterations", "500"));
  await expect.poll(first.errors, PATIENTLY).toContain("block 1/");
  for (const more of [[], ["--append"]]) {
    const second = await tierbenchHere(quick("shared", ...more));
    expect(second.code).toBe(2);
    expect(errorLines(second).join()).toMatch(more.length === 0 ? /exists already/ : /is being measured by another run/);
  }
  process.kill(-(first.child.pid as number), "SIGTERM");
  expect((await first.ended).code).toBe(130);
  const trials = rows("shared").map(({ trial }) => trial);
  expect(trials).toEqual(trials.map((_, index) => index + 1));
  expect(manifest("shared").sessions).toHaveLength(1);
});

it("an engine that stops answering ends the run with what to do, rows kept", async () => {
  await using _turn = await sweepTurn();
  const proxy = await proxyTo(found.url, join(folder, "proxy.sock"));
  const { child, ended, errors } = begin(quick("lost-engine", "--iterations", "500", "--engine", proxy.url));
  await expect.poll(errors, PATIENTLY).toContain("block 3/");
  proxy.die();
  const end = await ended;
  expect(end.code).toBe(1);
  expect(errorLines(end).join()).toMatch(/does not answer: .*start Docker/);
  const table = rows("lost-engine");
  expect(table.length).toBeGreaterThanOrEqual(3);
  expect(table.at(-1)?.outcome).toBe("failed");
  expect(manifest("lost-engine").sessions[0]).toMatchObject({ ending: "failed" });
  // The container of the last trial could not be removed through the dead proxy: its maker is gone, so sweep may.
  await tierbenchHere(["sweep", "--engine", found.url]);
  expect(await containersOf(child)).toEqual([]);
});

it.each([
  ["removed", (lost: string) => rmSync(join(lost, "startup.csv")), /startup\.csv was removed/],
  ["truncated", (lost: string) => truncateSync(join(lost, "startup.csv"), 900), /changed by another program \(900 bytes/],
])("results that are %s stop the run at the next row, which says where the rows are", (name, lose, message) =>
  expectRowsElsewhere(quick(name, "--iterations", "500"), join(folder, name), lose, message),
);

/** A socket that passes everything on to the engine, until it dies as an engine does. */
async function proxyTo(url: string, path: string): Promise<{ url: string; die: () => void }> {
  const open = new Set<Socket>();
  const server: Server = createServer((client) => {
    const engine = connect(url.slice("unix://".length));
    for (const socket of [client, engine]) {
      open.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        client.destroy();
        engine.destroy();
      });
    }
    client.pipe(engine);
    engine.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const die = (): void => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  return { url: `unix://${path}`, die };
}
