/** The image that the Dockerfile builds from the published package: a container of it measures the engine that it is given. */
import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { debianWithNode } from "./testing/debian-with-node.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";
import { checkout, pack } from "./testing/packed.ts";

vi.setConfig({ testTimeout: 600_000 });

const { found, folder } = engineAndFolder("container");
const work = join(folder, "work");

/** @throws Error with what it printed, if it fails */
const docker = (args: readonly string[]): Promise<{ stdout: string; stderr: string }> =>
  new Promise((resolve, reject) => {
    execFile("docker", ["-H", `${found.url}`, ...args], (error, stdout, stderr) =>
      error === null ? resolve({ stdout, stderr }) : reject(new Error(`docker ${args[0]}: ${stdout}${stderr}`)),
    );
  });

const [base, tag] = [`tierbench-test-base-${process.pid}`, `tierbench-test-${process.pid}`];

beforeAll(async () => {
  const { tar, environment } = await debianWithNode(folder);
  await docker(["import", "--change", `ENV ${environment}`, tar, base]);
}, 900_000);
afterAll(async () => {
  await docker(["rmi", "--force", tag, base]);
});

const socket = (): string => `${`${found.url}`.replace("unix://", "")}:/var/run/docker.sock`;

test("the README's install section, word for word, on a Debian that has Node alone", async () => {
  const [, section = ""] = /^## Install\n\n```\n(.*?)```/ms.exec(readFileSync(join(checkout, "README.md"), "utf8")) ?? [];
  const [line = "", comment = ""] = section.split("\n")[0]?.split("#") ?? [];
  const [, first = ""] = /`(tierbench trace [^`]+)`/.exec(comment) ?? [];
  expect([line, first]).toEqual([expect.stringContaining("npm install --global"), expect.stringContaining("trace")]);
  const clone = join(folder, "clone");
  execFileSync("git", ["clone", "--quiet", checkout, clone]);
  const script = `cd /clone && ${line.trim()} && cd /tmp && ${first}`;
  const mounts = ["-v", socket(), "-v", `${clone}:/clone`];
  const { stdout } = await docker(["run", "--rm", "--network", "host", ...mounts, base, "sh", "-c", script]);
  expect(stdout).toMatch(/total [\d.]+ ms/);
});

test("as a container measures the engine that it is given, through its helper, and by tracefs where it may", async () => {
  mkdirSync(work);
  const packed = pack(folder);
  const context = join(folder, "image");
  mkdirSync(context);
  for (const file of ["Dockerfile", ".dockerignore"]) cpSync(join(checkout, file), join(context, file));
  cpSync(join(folder, packed.filename), join(context, packed.filename));
  await docker(["build", "--quiet", "--network", "host", "--build-arg", `BASE=${base}`, "--tag", tag, context]);

  const contained = (rights: readonly string[], args: readonly string[]) =>
    docker(["run", "--rm", "-v", socket(), "-v", `${work}:/work`, ...rights, tag, ...args]);
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
