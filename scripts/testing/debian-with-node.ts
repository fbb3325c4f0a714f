/** A root file system of Debian 13 with its own Node and npm and nothing else, from packages: no registry of images is needed. */
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The first release of Debian whose Node is new enough. */
const RELEASE = "trixie";
const CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";
const CONTAINED = ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--"];

/**
 * For root on Debian, with debootstrap; in a minute or two.
 *
 * @param folder where it is built @returns a tar for docker import, and what a container of it has in its environment: npm
 * trusts whom this machine trusts
 * @throws Error with what a program printed
 */
export async function debianWithNode(folder: string): Promise<{ tar: string; environment: string }> {
  const [root, tar] = [join(folder, "debian"), join(folder, "debian.tar")];
  const log = { maxBuffer: 1 << 26 };
  // What debootstrap mounts, and what a package's script starts, ends with it.
  const contained = (...command: readonly string[]) => run("unshare", [...CONTAINED, ...command], log);
  await contained("debootstrap", "--variant=minbase", RELEASE, root);
  // debootstrap itself does not resolve what npm depends on.
  const install = "apt-get install -q -y -o Dpkg::Options::=--force-unsafe-io --no-install-recommends nodejs npm";
  await contained("sh", "-c", `mount -t proc proc "$0/proc" && exec chroot "$0" sh -c 'apt-get update -q && ${install}'`, root);
  mkdirSync(join(root, dirname(CERTIFICATES)), { recursive: true });
  copyFileSync(CERTIFICATES, join(root, CERTIFICATES));
  await run("tar", ["-c", "--numeric-owner", "--exclude=./proc/*", "--exclude=./dev/*", "-C", root, "-f", tar, "."], log);
  return { tar, environment: `NODE_EXTRA_CA_CERTS=${CERTIFICATES}` };
}
