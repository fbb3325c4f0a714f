import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type DelayingRuntime, writeDelayingRuntime } from "./delaying-runtime.ts";

let folder: string;
let runtime: DelayingRuntime;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tierbench-runtime-"));
  runtime = writeDelayingRuntime(folder);
  writeFileSync(join(folder, "runc"), '#!/bin/sh\necho "runc $*"\n', { mode: 0o755 });
  // Says how long it was asked to sleep, and does not.
  writeFileSync(join(folder, "sleep"), '#!/bin/sh\necho "sleep $1"\n', { mode: 0o755 });
});
afterEach(() => rmSync(folder, { recursive: true }));

const call = (program: string, ...args: string[]): string[] =>
  execFileSync(join(folder, program), args, { encoding: "utf8", env: { PATH: `${folder}:${process.env.PATH}` } })
    .trim()
    .split("\n");
const create = (config: object): Record<string, unknown> => {
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  call("runtime", "--root", "/run/r", "create", "--bundle", folder, "--pid-file", "/p", "an-id");
  return JSON.parse(readFileSync(join(folder, "config.json"), "utf8"));
};

it("is named in dockerd's configuration", () => {
  expect(JSON.parse(readFileSync(runtime.configuration, "utf8"))).toEqual({
    runtimes: { delaying: { path: join(folder, "runtime") } },
    "default-runtime": "delaying",
  });
});

it.each([
  ["dockerd's own hook", { ociVersion: "1.0.2", hooks: { prestart: [{ path: "/proc/1/exe" }] }, linux: {} }],
  ["no hooks", { ociVersion: "1.0.2", linux: {} }],
  ["empty hooks", { ociVersion: "1.0.2", hooks: {}, linux: {} }],
])("adds its hook to a configuration with %s, and leaves the rest", (_, config) => {
  const hook = join(folder, "hook");
  const hooks = { ...(config as { hooks?: object }).hooks, createRuntime: [{ path: hook, args: [hook] }] };
  expect(create(config)).toEqual({ ...config, hooks });
});

it("sleeps where it is told to, and is the real runtime in every call", () => {
  writeFileSync(join(folder, "config.json"), "{}");
  const calls = () => [
    call("runtime", "--root", "/r", "create", "--bundle", folder, "an-id"),
    call("runtime", "--root", "/r", "start", "an-id"),
    call("runtime", "--root", "/r", "delete", "--force", "an-id"),
    call("hook"),
  ];
  const slept = (create: number, start: number, hook: number) => [
    [`sleep ${create}`, `runc --root /r create --bundle ${folder} an-id`],
    [`sleep ${start}`, "runc --root /r start an-id"],
    ["runc --root /r delete --force an-id"],
    [`sleep ${hook}`],
  ];
  expect(calls()).toEqual(slept(0, 0, 0));
  runtime.arm({ place: "runtime_create", delay_ms: 50 });
  expect(calls()).toEqual(slept(0.05, 0, 0));
  runtime.arm({ place: "runtime_start", delay_ms: 2 });
  expect(calls()).toEqual(slept(0, 0.002, 0));
  runtime.arm({ place: "hook", delay_ms: 50 });
  expect(calls()).toEqual(slept(0, 0, 0.05));
  runtime.arm({ place: "entrypoint", delay_ms: 50 });
  expect(calls()).toEqual(slept(0, 0, 0));
});
