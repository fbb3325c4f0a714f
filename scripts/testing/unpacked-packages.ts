/** Debian's packages without an installation: unpacked into a temporary folder, which an overlay shows at their usual place. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

/**
 * Those that are missing here, with what they depend on, below FOLDER/packages.
 * @throws Error that says what to do
 */
export function unpackPackages(folder: string, names: readonly string[]): void {
  const [name] = names;
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version"))
    throw new Error(`these tests need ${name} from Debian's packages: run them as root on Debian or Ubuntu`);
  const archives = join(folder, "archives");
  mkdirSync(join(archives, "partial"), { recursive: true });
  for (const part of ["usr", "etc"]) mkdirSync(join(folder, "packages", part), { recursive: true });
  const apt = (...args: string[]): void =>
    void execFileSync("apt-get", ["-y", "-q", "-o", "DPkg::Lock::Timeout=300", ...args], { stdio: "pipe" });
  const options = ["--download-only", "--no-install-recommends", "--no-remove", "-o", `Dir::Cache::archives=${archives}`];
  const download = (): void => apt("install", ...options, ...names);
  try {
    try {
      download();
    } catch {
      apt("update"); // the lists may be older than what the mirror has
      download();
    }
  } catch (cause) {
    const said = String((cause as { stderr?: Buffer }).stderr ?? cause);
    throw new Error(`${name} is not available from this machine's package sources: ${said.trim().split("\n").at(-1)}`, { cause });
  }
  for (const archive of readdirSync(archives).filter((file) => file.endsWith(".deb")))
    execFileSync("dpkg-deb", ["-x", join(archives, archive), join(folder, "packages")]);
}

/** A shell's words that show them at their usual place, within the mount namespace of who runs them. */
export const SHOW_PACKAGES =
  'for folder in /usr /etc; do mount -t overlay -o "lowerdir=$PACKAGES$folder:$folder" tierbench "$folder"; done';
