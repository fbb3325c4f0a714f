/** The published package: packed, installed by another user's npm into an empty folder, and used with Node alone. */
import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { beforeAll, expect, test, vi } from "vitest";
import { tierbench } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";
import { checkout, type Packed, pack } from "./testing/packed.ts";

vi.setConfig({ testTimeout: 300_000 });

const MOST_BYTES = 3_000_000;

const { found, folder } = engineAndFolder("package");
const prefix = join(folder, "prefix");
const installed = join(prefix, "lib/node_modules/tierbench");
const home = join(folder, "home");
const work = join(folder, "work");
/** Node, and no shell. */
const bin = join(folder, "bin");

let packed: Packed;
let commit: string;

beforeAll(() => {
  for (const name of [home, work, bin]) mkdirSync(name);
  symlinkSync(process.execPath, join(bin, "node"));
  commit = execFileSync("git", ["-C", checkout, "rev-parse", "HEAD"], { encoding: "utf8" }).trim();
  const options = { cwd: folder, encoding: "utf8", stdio: "pipe" } as const;
  packed = pack(folder);
  // Another's home, and this user's way to a registry.
  const env = { ...process.env, HOME: home, npm_config_userconfig: join(homedir(), ".npmrc"), npm_config_cache: npmCache() };
  const install = ["install", "--global", "--prefix", prefix, "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"];
  execFileSync("npm", [...install, join(folder, packed.filename)], { ...options, env });
}, 300_000);

const npmCache = (): string => execFileSync("npm", ["config", "get", "cache"], { encoding: "utf8" }).trim();

const run = (args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const env = { HOME: home, LC_ALL: "C.UTF-8", PATH: [join(prefix, "bin"), bin].join(delimiter), TIERBENCH_LOCK_FOLDER: home };
    execFile(join(prefix, "bin/tierbench"), [...args], { cwd: work, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });

/** What the bundle looks for beside its sources, such as programs that it runs. */
function besideModules(): string[] {
  const dist = join(installed, "dist");
  const beside = /new URL\("(\.[^"]+)",\s*new URL\("([^"]+)",\s*\w+\)/g;
  const text = readFileSync(join(dist, "tierbench.cjs"), "utf8").replaceAll("\\\n", ""); // long lines end within strings, too
  const found = [...text.matchAll(beside)];
  expect(found.length).toBeGreaterThan(3);
  return found.map(([, file = "", source = ""]) => fileURLToPath(new URL(file, new URL(source, pathToFileURL(`${dist}/`)))));
}

test("is small, holds what runs and nothing else, and installs without scripts of its own", () => {
  expect(packed.size).toBeLessThan(MOST_BYTES);
  expect(packed.files.filter(({ path }) => /\.ts$|test|fixtures|^results|^paper-figures|package-lock/.test(path))).toEqual([]);
  expect(besideModules().filter((path) => !existsSync(path))).toEqual([]);
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  expect(Object.keys(manifest.scripts).filter((name) => /install/.test(name))).toEqual([]);
  expect(Object.keys(manifest.dependencies).filter((name) => !existsSync(join(installed, "node_modules", name)))).toEqual([]);
});

test("one version: of the package, the command, the citation and the changelog", async () => {
  expect(await run(["--version"])).toMatchObject({ code: 0, stdout: `${packed.version}\n` });
  const has = (file: string): string => readFileSync(join(checkout, file), "utf8");
  expect(has("CITATION.cff")).toContain(`\nversion: ${packed.version}\n`);
  expect(JSON.parse(has("codemeta.json")).version).toBe(packed.version);
  expect(JSON.parse(has(".zenodo.json")).version).toBe(packed.version);
});

test("measures a start and a platform into the user's folder, and knows its commit", async () => {
  const traced = await run(["trace", "--network", "host", "small", "--engine", `${found.url}`, "echo", "hello"]);
  expect(traced).toMatchObject({ code: 0 });
  expect(traced.stdout).toMatch(/total .* ms/);
  const measured = await run([
    "run",
    "startup",
    "--images",
    "small",
    "--iterations",
    "1",
    "--modes",
    "warm",
    "--network",
    "host",
    "--platform",
    "mine",
    "--engine",
    `${found.url}`,
  ]);
  expect(measured, measured.stderr).toMatchObject({ code: 0 });
  const manifest = JSON.parse(readFileSync(join(work, "results/mine/platform.json"), "utf8"));
  expect(JSON.stringify(manifest)).toContain(commit);
  expect(existsSync(join(installed, "results"))).toBe(false);

  // Like the checkout, on the same files.
  for (const args of [
    ["analyze", "mine", "--format", "json"],
    ["platform", "validate", "mine"],
  ]) {
    const { stdout, code } = await run(args);
    expect({ stdout, code }).toEqual(
      await tierbench(args, { LC_ALL: "C.UTF-8" }, work).then(({ stdout, code }) => ({ stdout, code })),
    );
  }
  expect(await run(["report", "mine", "--out", "report.html"])).toMatchObject({ code: 0 });
  expect(await run(["figures", "mine", "--out", "figures", "--only", "startup-tiers"])).toMatchObject({ code: 0 });
  expect(statSync(join(work, "report.html")).size).toBeGreaterThan(50_000);
  expect(readFileSync(join(work, "figures/startup-tiers.pdf"), "latin1")).toMatch(/^%PDF/);
});
