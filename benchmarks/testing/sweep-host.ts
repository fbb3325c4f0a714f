/** A process that sweeps the lock of this host, and says what became of it. */
import { stdout } from "node:process";
import { sweepHostLock } from "../edges/host/host-lock.ts";

for (const leftover of sweepHostLock()) {
  if ("remove" in leftover) await leftover.remove();
  stdout.write("remove" in leftover ? "removed\n" : `left alone: ${leftover.kept}\n`);
}
