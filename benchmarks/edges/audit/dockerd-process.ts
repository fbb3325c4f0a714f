/** The process that serves an engine's socket on this machine: its command line and its files say what the API does not. */
import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";

/** A process of that name that holds a listening socket with that path. @throws Error with the reason when none is seen */
export function servingProcess(socketPath: string, name: string): number {
  const path = realpathSync(socketPath);
  const named = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry) && read(`/proc/${entry}/comm`)?.trim() === name);
  for (const pid of named) {
    const inodes = listening(pid).flatMap((socket) => (isPath(socket.path, path) ? socket.inode : []));
    if (inodes.length > 0 && holdsOne(pid, inodes)) return Number(pid);
  }
  throw new Error(
    named.length === 0
      ? `no process ${name} is seen here (a container, or another user's with hidepid?)`
      : `none of the processes ${name} here is seen to serve ${socketPath}: run as root`,
  );
}

/** Sockets with a path, of the process's network namespace (proc_net_unix: Num RefCount Protocol Flags Type St Inode Path). */
const listening = (pid: string): { inode: string; path: string }[] =>
  (read(`/proc/${pid}/net/unix`) ?? "").split("\n").flatMap((line) => {
    const [, inode, path] = /^\S+ \S+ \S+ \S+ \S+ \S+ +(\d+) (\/.*)$/.exec(line) ?? [];
    return inode === undefined || path === undefined ? [] : { inode, path };
  });

/** A socket keeps the path that it was bound to, which may go through links. */
function isPath(bound: string, path: string): boolean {
  try {
    return bound === path || realpathSync(bound) === path;
  } catch {
    return false;
  }
}

function holdsOne(pid: string, inodes: readonly string[]): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((descriptor) => {
      const held = link(`/proc/${pid}/fd/${descriptor}`);
      return inodes.some((inode) => held === `socket:[${inode}]`);
    });
  } catch {
    return false;
  }
}

function link(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
