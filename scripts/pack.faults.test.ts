import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
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
    cpSync(join(here, name), join(copy, name), { recursive: true, filter: (path) => !/\/fixtures$|\.test\.ts$/.test(path) });
  symlinkSync(join(here, "node_modules"), join(copy, "node_modules"));
  symlinkSync(join(copy, "scripts/tierbench"), link);
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(link, args, { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
};

test("the command runs packed as it does where no pack can be written, and a source that has changed is seen at once", () => {
  mkdirSync(join(copy, ".cache"));
  symlinkSync("/dev/null", packs);
  const unpacked = run(["figures", "--help"]);
  expect(unpacked).toMatchObject({ status: 0, stderr: "" });
  unlinkSync(packs);

  expect(run(["figures", "--help"])).toEqual(unpacked);
  expect(packed()).toHaveLength(1);
  expect(run(["figures", "--help"])).toEqual(unpacked);
  expect(packed()).toHaveLength(1);

  appendFileSync(join(copy, "analysis/main.ts"), 'console.log("changed");\n');
  expect(run(["figures", "--help"]).stdout).toBe(`changed\n${unpacked.stdout}`);
  expect(packed()).toHaveLength(2);
});
