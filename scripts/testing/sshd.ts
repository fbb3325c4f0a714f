/**
 * An sshd on the loopback interface with throw-away keys, and an `ssh` that knows it: everything lies in a temporary folder,
 * the user's ~/.ssh is neither read nor written. Needs root on Debian or Ubuntu; installs openssh-server when it is missing.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

const SSHD = "/usr/sbin/sshd";
/** Forbids that the package starts the system's own sshd (invoke-rc.d(8)). */
const POLICY = "/usr/sbin/policy-rc.d";

export interface Sshd extends AsyncDisposable {
  /** By this name its ssh knows it. */
  readonly host: string;
  /** It listens there on ::1, too, where this machine has that. */
  readonly port: number;
  /** PATH with that ssh in front. */
  readonly path: string;
  /** Processes of sshd that serve a connection. */
  readonly connections: () => number;
}

export async function openSshd(): Promise<Sshd> {
  installSshd();
  const folder = mkdtempSync(join(tmpdir(), "tierbench-sshd-"));
  const file = (name: string): string => join(folder, name);
  for (const key of ["host", "user"]) execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", file(key)]);
  const port = await freePort();
  const server = [
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    ...(hasIPv6() ? ["ListenAddress ::1"] : []),
    `HostKey ${file("host")}`,
    `AuthorizedKeysFile ${file("user.pub")}`,
    `PidFile ${file("pid")}`,
    "StrictModes no", // a temporary folder is everybody's
    "PermitRootLogin prohibit-password",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "UsePAM no",
  ];
  writeFileSync(file("sshd_config"), `${server.join("\n")}\n`);
  const key = readFileSync(file("host.pub"), "utf8");
  writeFileSync(file("known_hosts"), `[127.0.0.1]:${port} ${key}[::1]:${port} ${key}`);
  const client = [
    "Host tierbench-test",
    "  HostName 127.0.0.1",
    `  Port ${port}`,
    "  User root",
    "Host tierbench-test ::1",
    `  IdentityFile ${file("user")}`,
    "  IdentitiesOnly yes",
    "  IdentityAgent none",
    `  UserKnownHostsFile ${file("known_hosts")}`,
    "  GlobalKnownHostsFile /dev/null",
  ];
  writeFileSync(file("ssh_config"), `${client.join("\n")}\n`);
  const ssh = execFileSync("/bin/sh", ["-c", "command -v ssh"], { encoding: "utf8" }).trim();
  mkdirSync(file("bin"));
  writeFileSync(file("bin/ssh"), `#!/bin/sh\nexec ${ssh} -F ${file("ssh_config")} "$@"\n`);
  chmodSync(file("bin/ssh"), 0o755);

  mkdirSync("/run/sshd", { recursive: true });
  const sshd = spawn(SSHD, ["-D", "-e", "-f", file("sshd_config")], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  sshd.stderr.on("data", (chunk: Buffer) => {
    said += chunk;
  });
  for (const end = Date.now() + 10_000; !said.includes("Server listening"); ) {
    if (Date.now() > end || sshd.exitCode !== null) throw new Error(`sshd does not listen: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    host: "tierbench-test",
    port,
    path: `${file("bin")}:${process.env.PATH}`,
    connections: () => childrenOf(sshd.pid as number),
    [Symbol.asyncDispose]: async () => {
      const exited = once(sshd, "exit");
      sshd.kill();
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const hasIPv6 = (): boolean =>
  Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === "::1"));

const childrenOf = (pid: number): number =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).length;

function installSshd(): void {
  if (existsSync(SSHD)) return;
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version"))
    throw new Error("these tests need an sshd: install openssh-server");
  const ours = !existsSync(POLICY);
  if (ours) writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    const options = ["-y", "-q", "-o", "DPkg::Lock::Timeout=300", "--no-install-recommends", "--no-remove"];
    execFileSync("apt-get", ["install", ...options, "openssh-server"], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", NEEDRESTART_SUSPEND: "1" },
      stdio: "pipe",
    });
  } finally {
    if (ours) rmSync(POLICY);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
