import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const here = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tierbench-pack-"));
// What means something in a URL is in its path, as a user may have it.
const copy = join(folder, "a 100% copy");
const packs = join(copy, ".cache/pack");
const packed = () => readdirSync(packs).filter((name) => name !== "current.json");
// As a user may call it: through a link, from another folder.
const link = join(folder, "tierbench");

beforeAll(() => {
  for (const name of ["analysis", "benchmarks", "research", "scripts", "package.json", "package-lock.json", "tsconfig.json"])
    cpSync(join(here, name), join(copy, name), { recursive: true });
  symlinkSync(join(here, "node_modules"), join(copy, "node_modules"));
  symlinkSync(join(copy, "scripts/tierbench"), link);
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const { status, stdout, stderr } = spawnSync(link, args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
};

test("the command runs packed and unpacked alike, and a source that has changed is seen at once", () => {
  const unpacked = run(["figures", "--help"], { TIERBENCH_DEBUG: "1" });
  expect(unpacked).toMatchObject({ status: 0, stderr: "" });
  expect(existsSync(packs)).toBe(false);

  expect(run(["figures", "--help"])).toEqual(unpacked);
  expect(packed()).toHaveLength(1);
  expect(run(["figures", "--help"])).toEqual(unpacked);
  expect(packed()).toHaveLength(1);

  appendFileSync(join(copy, "analysis/main.ts"), 'console.log("changed");\n');
  expect(run(["figures", "--help"]).stdout).toBe(`changed\n${unpacked.stdout}`);
  expect(packed()).toHaveLength(2);
});

test("where no pack can be written, the sources are run", () => {
  rmSync(packs, { recursive: true });
  symlinkSync("/dev/null", packs);
  expect(run(["figures", "--help"])).toMatchObject({ status: 0, stderr: "" });
});
