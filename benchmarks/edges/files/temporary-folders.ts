/** Temporary folders of a run. Their names identify their process, so that a sweep finds them. */
import { lstatSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getuid } from "node:process";
import { ownerToken, tokenState } from "../host/owner.ts";
import type { Leftover } from "./leftover.ts";

const NAME = /^tierbench-(?:docker|image|ssh)-([\d.a-f]+)-\w{6}$/;
/** S_IFDIR, and accessible to its owner alone: no link, and made by nobody else. */
const PRIVATE_FOLDER = 0o040700;

export const makeTemporaryFolder = (use: "docker" | "image" | "ssh"): Promise<string> =>
  mkdtemp(join(tmpdir(), `tierbench-${use}-${ownerToken}-`));

/** Those of processes of this user that are gone. */
export function* sweepTemporaryFolders(): Generator<Leftover> {
  for (const name of readdirSync(tmpdir())) {
    const token = NAME.exec(name)?.[1];
    if (token === undefined || tokenState(token) !== "gone") continue;
    const folder = join(tmpdir(), name);
    const { uid, mode } = lstatSync(folder, { throwIfNoEntry: false }) ?? {};
    if (uid !== getuid?.() || mode !== PRIVATE_FOLDER) continue;
    yield { what: `folder ${folder}`, remove: () => rm(folder, { recursive: true, force: true }) };
  }
}
