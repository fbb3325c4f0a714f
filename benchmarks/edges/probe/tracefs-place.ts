/** Where tracefs is, mounted for a while if need be, and the removal of an instance in it. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { INSTANCE_PREFIX, TRIGGER_FILES } from "../../timeline/trace-instance.ts";
import { ownerToken } from "../host/owner.ts";

const PLACES = ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"] as const;

export const place = (): string | undefined => PLACES.find((root) => existsSync(join(root, "trace_clock")));

/** tracefs, mounted; unmounted again on disposal when it was mounted here and no other run of ours uses it by now. */
export function mounted(): Disposable {
  if (place() !== undefined) return { [Symbol.dispose]: unmount };
  const [root] = PLACES;
  try {
    execFileSync("mount", ["-t", "tracefs", `${INSTANCE_PREFIX}${ownerToken}`, root], { stdio: "pipe" });
  } catch (cause) {
    throw new Error(`it cannot be mounted at ${root} (a container without CAP_SYS_ADMIN?)`, { cause });
  }
  return { [Symbol.dispose]: unmount };
}

/** The last of our processes unmounts what one of them has mounted; the mount's source is our name. */
function unmount(): void {
  const root = mountedByUs();
  if (root === undefined || isInUse(root)) return;
  try {
    execFileSync("umount", [root], { stdio: "pipe" });
  } catch {
    // Somebody else uses it by now.
  }
}

/** Where, if so. */
export function mountedByUs(): string | undefined {
  const mounts = readFileSync("/proc/self/mounts", "utf8").split("\n");
  const ours = mounts
    .map((line) => line.split(" "))
    .find(([source, , type]) => type === "tracefs" && source?.startsWith(INSTANCE_PREFIX));
  return ours?.[1];
}

/** Each of our instances belongs to a run that uses it. */
export const isInUse = (root: string): boolean =>
  readdirSync(join(root, "instances")).some((name) => name.startsWith(INSTANCE_PREFIX));

export function removeInstance(instance: string): void {
  try {
    switchOffAndRemove(instance);
  } catch (error) {
    // Two sweeps at once find the same, and one is faster.
    if (existsSync(instance)) throw error;
  }
}

/** An instance cannot be removed while its events are on, or its triggers set. */
function switchOffAndRemove(instance: string): void {
  writeFileSync(join(instance, "tracing_on"), "0");
  writeFileSync(join(instance, "events", "enable"), "0");
  for (const file of TRIGGER_FILES) {
    try {
      writeFileSync(join(instance, file), "!stacktrace");
    } catch {
      // It was never set.
    }
  }
  rmdirSync(instance);
}
