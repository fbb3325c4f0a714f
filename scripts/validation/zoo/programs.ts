/** What the zoo takes into its containers beside what the images have: strace with the libraries that it needs, and tini. */
import { execFile } from "node:child_process";
import { copyFile, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { provideProgram } from "../witness/provide-program.ts";

const run = promisify(execFile);

/** @throws Error with what to do when a program is not installed, and cannot be */
export async function provideZooPrograms(folder: string, say: (line: string) => void): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of ["strace", "tini"]) await provideProgram(name, say);
  const [strace, tini] = (await Promise.all(["strace", "tini-static"].map(pathOf))) as [string, string];
  const libraries = (await run("ldd", [strace])).stdout.match(/\/\S+/g) ?? [];
  for (const file of [strace, tini, ...libraries]) {
    await copyFile(file, join(folder, /^ld-linux/.test(basename(file)) ? "ld.so" : basename(file)));
  }
}

const pathOf = async (program: string): Promise<string> =>
  run("sh", ["-c", `command -v ${program}`]).then(
    ({ stdout }) => stdout.trim(),
    (cause: unknown) => {
      throw new Error(`${program} is not installed: as root on Debian or Ubuntu, apt-get install strace tini`, { cause });
    },
  );
