/** A process that takes each lock that it is told, says whether it got it, and keeps it. */
import { takeLock } from "../edges/files/lock.ts";

process.on("message", (lock: string) => process.send?.(!("holder" in takeLock(lock))));
process.send?.("ready");
