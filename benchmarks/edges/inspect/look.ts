/** A look at one part, which fails alone: the reason takes its place. */
import type { Unseen } from "../../audit/facts.ts";

export async function look<T>(at: () => T | Unseen | Promise<T | Unseen>, signal?: AbortSignal): Promise<T | Unseen> {
  try {
    return await at();
  } catch (error) {
    signal?.throwIfAborted();
    return { unseen: reasonOf(error as NodeJS.ErrnoException) };
  }
}

function reasonOf({ code, message, path }: NodeJS.ErrnoException): string {
  const ofProcess = path?.startsWith("/proc/") === true;
  if (code === "ESRCH" || (code === "ENOENT" && ofProcess)) return "its process ended while it was looked at";
  if (code === "ENODEV" || (code === "ENOENT" && path?.startsWith("/sys/fs/cgroup/") === true))
    return "the container ended while it was looked at";
  if (code === "EACCES" || code === "EPERM") return `${path ?? "it"} may not be read: run as root on the engine's host`;
  return message;
}
