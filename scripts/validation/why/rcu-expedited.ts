/** /sys/kernel/rcu_expedited, which is the whole machine's: put back whatever becomes of this process. */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const FILE = "/sys/kernel/rcu_expedited";

export interface RcuExpedited extends Disposable {
  readonly original: string;
  readonly set: (value: string) => void;
}

/** @throws Error where the kernel has no such switch */
export function borrowRcuExpedited(): RcuExpedited {
  const original = readFileSync(FILE, "utf8").trim();
  // Its input ends with us, also when we are killed.
  const warden = spawn("sh", ["-c", `read _; echo ${original} >${FILE}`], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  warden.unref();
  const set = (value: string): void => writeFileSync(FILE, `${value}\n`);
  return {
    original,
    set,
    [Symbol.dispose]: () => {
      set(original);
      warden.stdin.destroy();
    },
  };
}
