/** The published package: packed, installed by another user's npm into an empty folder, and used with Node alone. */
import { execFile, execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { tierbench } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";

vi.setConfig({ testTimeout: 300_000 });

const MOST_BYTES = 3_000_000;

const checkout = fileURLToPath(new URL("..", import.meta.url));
const { found, folder } = engineAndFolder("package");
const prefix = join(folder, "prefix");
const installed = join(prefix, "lib/node_modules/tierbench");
const home = join(folder, "home");
const work = join(folder, "work");
/** Node, and no shell. */
const bin = join(folder, "bin");

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly version: string;
  readonly files: readonly { readonly path: string }[];
}
let packed: Packed;
let commit: string;

beforeAll(() => {
  for (const name of [home, work, bin]) mkdirSync(name);
  symlinkSync(process.execPath, join(bin, "node"));
  commit = execFileSync("git", ["-C", checkout, "rev-parse", "HEAD"], { encoding: "utf8" }).trim();
  const options = { cwd: folder, encoding: "utf8", stdio: "pipe" } as const;
  const output = execFileSync("npm", ["pack", checkout, "--json", "--foreground-scripts=false"], options);
  [packed] = JSON.parse(output) as [Packed];
  // Another's home, and this user's way to a registry.
  const env = { ...process.env, HOME: home, npm_config_userconfig: join(homedir(), ".npmrc"), npm_config_cache: npmCache() };
  const install = ["install", "--global", "--prefix", prefix, "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"];
  execFileSync("npm", [...install, join(folder, packed.filename)], { ...options, env });
}, 300_000);

const npmCache = (): string => execFileSync("npm", ["config", "get", "cache"], { encoding: "utf8" }).trim();

/** @throws Error with what it printed, if it fails */
const docker = (args: readonly string[]): Promise<{ stdout: string; stderr: string }> =>
  new Promise((resolve, reject) => {
    execFile("docker", ["-H", `${found.url}`, ...args], (error, stdout, stderr) =>
      error === null ? resolve({ stdout, stderr }) : reject(new Error(`docker ${args[0]}: ${stdout}${stderr}`)),
    );
  });

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
  const beside = /new URL\("(\.[^"]+)", new URL\("([^"]+)", import\.meta\.url\)/g;
  const found = readdirSync(dist).flatMap((name) => [...readFileSync(join(dist, name), "utf8").matchAll(beside)]);
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

/** Debian with Node comes from a registry, which this test does without: Node and npm of this machine, and the libraries of Node. */
async function buildBase(tag: string): Promise<void> {
  const context = join(folder, "base");
  const root = join(context, "root");
  const modules = execFileSync("npm", ["root", "--global"], { encoding: "utf8" }).trim();
  const place = (path: string, as = path): void => cpSync(path, join(root, as), { recursive: true, dereference: true });
  place(realpathSync(process.execPath), "bin/node");
  place(join(modules, "npm"), "lib/node_modules/npm");
  symlinkSync("/lib/node_modules/npm/bin/npm-cli.js", join(root, "bin/npm"));
  const libraries = execFileSync("ldd", [process.execPath], { encoding: "utf8" }).match(/\/\S+/g) ?? [];
  for (const library of libraries) place(library);
  const certificates = "/etc/ssl/certs/ca-certificates.crt";
  place(certificates);
  const lines = [`FROM ${found.small}`, "COPY root /", `ENV NODE_EXTRA_CA_CERTS=${certificates}`];
  writeFileSync(join(context, "Dockerfile"), lines.join("\n"));
  await docker(["build", "--quiet", "--tag", tag, context]);
}

test("as a container measures the engine that it is given, through its helper, and by tracefs where it may", async () => {
  const [base, tag] = [`tierbench-test-base-${process.pid}`, `tierbench-test-${process.pid}`];
  onTestFinished(async () => {
    await docker(["rmi", "--force", tag, base]);
  });
  await buildBase(base);
  const context = join(folder, "image");
  mkdirSync(context);
  for (const file of ["Dockerfile", ".dockerignore"]) cpSync(join(checkout, file), join(context, file));
  cpSync(join(folder, packed.filename), join(context, packed.filename));
  await docker(["build", "--quiet", "--network", "host", "--build-arg", `BASE=${base}`, "--tag", tag, context]);

  const socket = `${found.url}`.replace("unix://", "");
  const contained = (rights: readonly string[], args: readonly string[]) =>
    docker(["run", "--rm", "-v", `${socket}:/var/run/docker.sock`, "-v", `${work}:/work`, ...rights, tag, ...args]);
  const seen = async (rights: readonly string[]): Promise<readonly unknown[]> => {
    const { stdout, stderr } = await contained(rights, [
      "trace",
      "--network",
      "host",
      found.small,
      "--format",
      "json",
      "echo",
      "hello",
    ]);
    const tiers: Record<string, number | null> = JSON.parse(stdout).starts[0].tiers;
    return [/; probe (\w+) \(/.exec(stderr)?.[1], Object.values(tiers).filter((ns) => ns === null || ns <= 0)];
  };
  expect(await seen([])).toEqual(["sidecar", []]);
  // Its own container disturbs no measurement.
  expect((await contained([], ["doctor", "--full"])).stdout).not.toContain("other containers run");
  expect(await seen(["--pid", "host", "--cap-add", "SYS_ADMIN", "--security-opt", "seccomp=unconfined"])).toEqual([
    "tracefs",
    [],
  ]);
});
