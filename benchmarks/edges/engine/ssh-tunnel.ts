/**
 * An engine's socket at the other end of an ssh connection, as a socket here.
 *
 * The system's ssh does it, so that the user's configuration, keys, agent and known hosts hold. It forwards the socket
 * (`-L`), where the docker CLI runs `docker system dial-stdio` once for each request: that needs a docker CLI over there and
 * a handshake within the time of a start, this needs an sshd alone and opens its connection once. A remote `cat` keeps the
 * connection: it ends with its input, so that ssh ends when this process does, however that comes about.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Attendant } from "../attendant.ts";
import { makeTemporaryFolder, sweepTemporaryFolders } from "../files/temporary-folders.ts";
import { SILENCE_MS } from "./call-limits.ts";

const DEFAULT_SOCKET = "/var/run/docker.sock";
const READY = "tierbench-connected";
const CONNECT_PATIENCE_S = 20;

export interface SshTarget {
  readonly host: string;
  readonly user: string | undefined;
  readonly port: string | undefined;
  readonly socket: string;
}

/** `undefined` when it is not such a URL; nothing in it can be read as an ssh option or by a shell. */
export function parseSshUrl(url: string): SshTarget | undefined {
  const match =
    /^ssh:\/\/(?:([A-Za-z0-9_][A-Za-z0-9_.-]*)@)?([A-Za-z0-9_][A-Za-z0-9_.-]*|\[[0-9a-fA-F:.]+(?:%[A-Za-z0-9_.-]+)?\])(?::(\d{1,5}))?(\/[A-Za-z0-9_./-]*)?$/.exec(
      url,
    );
  if (match === null) return undefined;
  const [, user, host, port, path] = match as unknown as [string, string?, string?, string?, string?];
  // In a URL an IPv6 address has brackets, for ssh it has none.
  return {
    host: (host as string).replace(/^\[|\]$/g, ""),
    user,
    port,
    socket: path === undefined || path === "/" ? DEFAULT_SOCKET : path,
  };
}

export interface SshTunnel extends AsyncDisposable {
  readonly socketPath: string;
  /** What to know when nobody answers at the socket. */
  readonly hint: () => string;
}

/** A run that was killed leaves its socket's folder behind. */
async function removeLeftOver(): Promise<void> {
  for (const leftover of sweepTemporaryFolders()) if ("remove" in leftover) await leftover.remove().catch(() => undefined);
}

/** @throws Error with ssh's own last words when it does not connect, and when it is interrupted before it has */
export async function openSshTunnel(
  { host, user, port, socket }: SshTarget,
  { interruption, say }: Attendant = {},
): Promise<SshTunnel> {
  interruption?.throwIfAborted();
  await removeLeftOver();
  const folder = await makeTemporaryFolder("ssh");
  const socketPath = join(folder, "docker.sock");
  const options = [
    ...["-T", "-o", "BatchMode=yes", "-o", `ConnectTimeout=${CONNECT_PATIENCE_S}`, "-o", "ServerAliveInterval=15"],
    // A shared connection (ControlMaster) would keep our forwarding after we end.
    ...["-o", "ControlPath=none", "-o", "RemoteCommand=none", "-L", `${socketPath}:${socket}`],
    ...(user === undefined ? [] : ["-l", user]),
    ...(port === undefined ? [] : ["-p", port]),
  ];
  // In its own session: Ctrl-C must not end this connection, through which we clean up.
  const ssh = spawn("ssh", [...options, "--", host, `echo ${READY}; exec cat >/dev/null`], {
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  let said = "";
  let complaint = "";
  const lastWords = (): string => complaint.trim().split("\n").at(-1)?.trim() || "it said nothing";
  ssh.stdin.on("error", () => undefined);
  ssh.stderr.on("data", (chunk: Buffer) => {
    complaint = `${complaint}${chunk}`.slice(-2_000);
  });
  const close = async (): Promise<void> => {
    if (ssh.exitCode === null && ssh.signalCode === null && ssh.pid !== undefined) {
      const exited = once(ssh, "exit");
      // It has nothing to clean up, and waits for the other end when it is asked politely.
      ssh.kill("SIGKILL");
      await exited;
    }
    await rm(folder, { recursive: true, force: true });
  };
  const connected = new Promise<void>((resolve, reject) => {
    ssh.stdout.on("data", (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-2_000);
      if (said.includes(READY)) resolve();
    });
    ssh.once("error", (cause) => reject(new Error(`ssh cannot be run: ${cause.message}`, { cause })));
    ssh.once("close", () => reject(new Error(`ssh could not connect to ${host}: ${lastWords()}; try: ssh ${host} true`)));
  });
  const end = (): void => void ssh.kill("SIGKILL");
  interruption?.addEventListener("abort", end);
  const tell = (): void => say?.(`waiting for ssh to connect to ${host}, at most ${CONNECT_PATIENCE_S} s`);
  const silent = setTimeout(tell, SILENCE_MS);
  try {
    await connected;
  } catch (error) {
    await close();
    interruption?.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(silent);
    interruption?.removeEventListener("abort", end);
  }
  return {
    socketPath,
    hint: () =>
      `over ssh, ${socket} on ${host} must be an engine's socket and open to the user who logs in (ssh says: ${lastWords()}); another socket is named by ssh://${host}/path`,
    [Symbol.asyncDispose]: close,
  };
}
