/** A process that takes the lock of each folder that it is told, says whether it got it, and keeps it. */
import { lockFolder } from "../edges/files/folder-lock.ts";

process.on("message", (folder: string) => process.send?.(lockFolder(folder) !== undefined));
process.send?.("ready");
