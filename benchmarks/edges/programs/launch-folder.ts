/**
 * The folder in which programs of an image are started without the engine: its files, and what the OCI runtimes know of
 * their containers. Its name says whose it is, so that a sweep finds what a killed run left.
 */
import { execFile } from "node:child_process";
import { existsSync, lstatSync, readdirSync, rmdirSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { basename, join } from "node:path";
import { getuid } from "node:process";
import { promisify } from "node:util";
import type { Leftover } from "../files/leftover.ts";
import { ownerToken, tokenState } from "../host/owner.ts";
import { pathOf } from "./programs.ts";

const run = promisify(execFile);

/** Programs must be executable there, which they often are not in /run, and sometimes not in /tmp. */
const PLACE = "/var/tmp";
const NAME = /^tierbench-launch-([\d.a-f]+)-\w{6}$/;
const RUNTIMES = ["crun", "runc"] as const;
const CGROUPS = "/sys/fs/cgroup";

/** @returns the folder, closed to others, and the name of every container that is made from it */
export async function makeLaunchFolder(): Promise<{ readonly folder: string; readonly id: string }> {
  const folder = await mkdtemp(join(PLACE, `tierbench-launch-${ownerToken}-`));
  return { folder, id: basename(folder) };
}

/** Where a runtime keeps what it knows of its containers. */
export const stateOf = (folder: string, runtime: (typeof RUNTIMES)[number]): string => join(folder, "state", runtime);

/** Containers that still run in it end, and their cgroups go with it. @throws Error when something of it stays */
export async function removeLaunchFolder(folder: string): Promise<void> {
  for (const runtime of RUNTIMES) {
    const state = stateOf(folder, runtime);
    for (const id of existsSync(state) ? readdirSync(state) : [])
      await run(pathOf(runtime), ["--root", state, "delete", "--force", id]);
  }
  // A runtime that was killed early has left cgroups of which it knows nothing.
  for (const cgroup of cgroupsNamed(basename(folder))) rmdirSync(cgroup);
  // Nothing is mounted in there but in the containers' own namespaces; this is an rm -rf as root all the same.
  await run("rm", ["-rf", "--one-file-system", "--", folder]);
}

/** The folders of runs that are gone. */
export function* sweepLaunchFolders(): Generator<Leftover> {
  for (const name of existsSync(PLACE) ? readdirSync(PLACE) : []) {
    const token = NAME.exec(name)?.[1];
    if (token === undefined || tokenState(token) !== "gone") continue;
    const folder = join(PLACE, name);
    // Everybody may make folders there, and what is in ours is believed.
    const { uid, mode } = lstatSync(folder, { throwIfNoEntry: false }) ?? {};
    if (uid === getuid?.() && mode === PRIVATE_FOLDER)
      yield { what: `folder ${folder}`, remove: () => removeLaunchFolder(folder) };
  }
}

/** S_IFDIR, and accessible to its owner alone: no link, and made by nobody else. */
const PRIVATE_FOLDER = 0o040700;

/** In version 2, and in each hierarchy of version 1. */
const cgroupsNamed = (id: string): string[] =>
  (existsSync(CGROUPS) ? readdirSync(CGROUPS, { withFileTypes: true }) : [])
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => [join(CGROUPS, name, id), ...(name === id ? [join(CGROUPS, name)] : [])])
    .filter((cgroup) => existsSync(cgroup));
