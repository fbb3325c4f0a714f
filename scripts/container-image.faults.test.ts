/** The image that the Dockerfile builds from the published package: a container of it measures the engine that it is given. */
import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { engineAndFolder } from "./testing/engine-and-folder.ts";
import { checkout, pack } from "./testing/packed.ts";

vi.setConfig({ testTimeout: 300_000 });

const { found, folder } = engineAndFolder("container");
const work = join(folder, "work");

/** @throws Error with what it printed, if it fails */
const docker = (args: readonly string[]): Promise<{ stdout: string; stderr: string }> =>
  new Promise((resolve, reject) => {
    execFile("docker", ["-H", `${found.url}`, ...args], (error, stdout, stderr) =>
      error === null ? resolve({ stdout, stderr }) : reject(new Error(`docker ${args[0]}: ${stdout}${stderr}`)),
    );
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
  mkdirSync(work);
  const packed = pack(folder);
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
