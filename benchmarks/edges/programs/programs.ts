/** Programs of this machine that experiments run. */
import { execFileSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { env } from "node:process";
import type { Session } from "../../../research/manifest.ts";

/** With the Debian package of each. */
const PACKAGES = { unshare: "util-linux", crun: "crun", runc: "runc", docker: "docker.io" } as const;
export type Program = keyof typeof PACKAGES;

/** sudo and cron often leave these out of PATH, and runc is installed there. */
const MORE_FOLDERS = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** @throws Error that says what to install */
export function pathOf(program: Program): string {
  const folders = [...(env.PATH ?? "").split(delimiter).filter(Boolean), ...MORE_FOLDERS];
  const path = folders.map((folder) => join(folder, program)).find(isExecutable);
  if (path === undefined) throw new Error(`${program} is not installed (Debian's package ${PACKAGES[program]})`);
  return path;
}

/** Those that are installed, as they name themselves. */
export function describePrograms(): NonNullable<Session["programs"]> {
  const names = Object.keys(PACKAGES) as Program[];
  return Object.fromEntries(
    names.flatMap((name) => {
      try {
        const path = pathOf(name);
        return [[name, { path, version: firstLine(path) }]];
      } catch {
        return [];
      }
    }),
  );
}

const firstLine = (path: string): string => execFileSync(path, ["--version"], { encoding: "utf8" }).split("\n")[0] ?? "";

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
