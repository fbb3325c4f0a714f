import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { arch } from "node:process";
import { afterAll, expect, test } from "vitest";
import { waitingProgramTar } from "./waiting-program.ts";

const folder = mkdtempSync(join(tmpdir(), "tierbench-waiting-"));
afterAll(() => rmSync(folder, { recursive: true }));

const unpacked = (architecture: string): string => {
  const tar = join(folder, `${architecture}.tar`);
  writeFileSync(tar, waitingProgramTar(architecture, architecture) ?? "");
  execFileSync("tar", ["-x", "-f", tar, "-C", folder]);
  return join(folder, architecture);
};

test.runIf(arch === "x64" || arch === "arm64")("it runs until it is ended", async () => {
  const program = spawn(unpacked(arch), { stdio: "ignore" });
  await once(program, "spawn");
  program.kill("SIGTERM");
  expect(await once(program, "exit")).toEqual([null, "SIGTERM"]);
});

test("it is written for the processors that images are mostly built for, and no others", () => {
  // e_machine of elf(5): 62 is x86-64, 183 is AArch64.
  for (const [architecture, machine] of [
    ["x64", 62],
    ["arm64", 183],
  ] as const)
    expect(readFileSync(unpacked(architecture)).readUInt16LE(18)).toBe(machine);
  expect(waitingProgramTar("waits", "s390x")).toBeUndefined();
});
