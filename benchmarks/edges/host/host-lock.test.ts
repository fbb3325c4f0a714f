/** Who may measure on this host, asked by real processes of several users in a folder like /run/lock. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath, getuid } from "node:process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

let root: string;
let folder: string;
let program: string;
let sweeper: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "tierbench-host-"));
  execFileSync("chmod", ["755", root]);
  program = join(root, "hold-host.mjs");
  sweeper = join(root, "sweep-host.mjs");
  const entryPoints = ["hold-host", "sweep-host"].map((name) =>
    fileURLToPath(new URL(`../../testing/${name}.ts`, import.meta.url)),
  );
  const out = { outdir: root, outExtension: { ".js": ".mjs" } };
  await build({ entryPoints, ...out, bundle: true, platform: "node", target: "node20", format: "esm" });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(root, "locks-"));
  execFileSync("chmod", ["1777", folder]);
});

interface Try {
  readonly child: ChildProcess;
  readonly held: boolean;
  readonly complaint: string;
}

async function hold(prefix: readonly string[] = []): Promise<Try> {
  const [first = execPath, ...more] = [...prefix, execPath, program];
  const child = spawn(first, more, { stdio: "pipe", env: { ...process.env, TIERBENCH_LOCK_FOLDER: folder } });
  let complaint = "";
  child.stderr.on("data", (chunk) => {
    complaint += chunk;
  });
  const held = await Promise.race([once(child.stdout, "data").then(() => true), once(child, "close").then(() => false)]);
  return { child, held, complaint };
}
const release = async ({ child }: Try): Promise<void> => {
  const ended = once(child, "close");
  child.stdin?.end();
  await ended;
};
const kill = async ({ child }: Try): Promise<void> => {
  const ended = once(child, "close");
  child.kill("SIGKILL");
  await ended;
};

test("one at a time, and the other is told who measures", async () => {
  const first = await hold();
  const second = await hold();
  expect([first.held, second.held]).toEqual([true, false]);
  expect(second.complaint).toContain(`this host is being measured by process ${first.child.pid} (a test, by `);
  await release(first);
  const third = await hold();
  expect(third.held).toBe(true);
  await release(third);
  expect(readdirSync(folder)).toEqual([]);
}, 300_000);

test("a folder of the lock's that is not there is named, and not made", async () => {
  folder = join(folder, "missing");
  const { held, complaint } = await hold();
  expect(held).toBe(false);
  expect(complaint).toContain(`TIERBENCH_LOCK_FOLDER names "${folder}", which is no folder`);
});

describe.skipIf(getuid?.() !== 0)("of several users", () => {
  const NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
  const OTHER = ["setpriv", "--reuid=65533", "--regid=65533", "--clear-groups"];

  test("the lock of one holds for the others, also where it follows on a dead one that it may not remove", async () => {
    const privately = ["sh", "-c", 'umask 077 && exec "$@"', "sh"];
    const root_ = await hold(privately);
    expect((await hold(NOBODY)).complaint).toContain(`by process ${root_.child.pid} `);
    await kill(root_);
    const nobody = await hold([...NOBODY, ...privately]);
    expect(nobody.held).toBe(true);
    for (const prefix of [[], OTHER]) expect((await hold(prefix)).complaint).toContain(`by process ${nobody.child.pid} `);
    await kill(nobody);
    const other = await hold(OTHER);
    expect(other.held).toBe(true);
    await release(other);
    const again = await hold();
    expect(again.held).toBe(true);
    await release(again);
    expect(readdirSync(folder)).toEqual([]);
  }, 300_000);

  test("a sweep removes the lock of a dead run where it may, says so where it may not, and leaves that of a live one", async () => {
    const sweep = (prefix: readonly string[]): string => {
      const [first = execPath, ...more] = [...prefix, execPath, sweeper];
      return execFileSync(first, more, { encoding: "utf8", env: { ...process.env, TIERBENCH_LOCK_FOLDER: folder } });
    };
    const ELSEWHERE = ["unshare", "--pid", "--fork", "--mount-proc"];
    const root_ = await hold();
    const before = readdirSync(folder);
    for (const prefix of [["env"], NOBODY, ELSEWHERE]) expect(sweep(prefix)).toBe("");
    expect(readdirSync(folder)).toEqual(before);
    await kill(root_);
    expect(sweep(ELSEWHERE)).toBe("");
    expect(sweep(NOBODY)).toMatch(/^left alone: its run is gone; only its user may remove it/);
    expect(readdirSync(folder)).toEqual(before);
    expect(sweep(["env"])).toBe("removed\n");
    expect(readdirSync(folder)).toEqual([]);
  }, 300_000);
});
