/** Installs a program that only a validation needs. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";

const run = promisify(execFile);

/** As root on Debian or Ubuntu a program is installed where it is missing, from the package of its name; else nothing is done. */
export async function provideProgram(name: string, say: (line: string) => void): Promise<void> {
  const runs = await run(name, ["--version"]).then(
    () => true,
    () => false,
  );
  if (runs || process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return;
  say(`installing ${name} (apt-get install, once)`);
  await run("apt-get", ["install", "-y", "-q", "-o", "DPkg::Lock::Timeout=300", "--no-install-recommends", "--no-remove", name], {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", NEEDRESTART_SUSPEND: "1" },
  }).catch((error: { stderr?: string }) => say(`apt-get: ${error.stderr?.trim().split("\n").at(-1) ?? error}`));
}
