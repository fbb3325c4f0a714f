/** What must be mounted for each kind of storage. */
import type { Mount } from "../design/ports.ts";

/** @param folder path of a folder where the engine runs, for `bind` */
export function mountsFor(storage: "overlay" | "volume" | "bind" | "tmpfs", target: string, folder?: string): readonly Mount[] {
  switch (storage) {
    case "overlay":
      return [];
    case "bind":
      if (folder === undefined) throw new Error("no folder to bind");
      return [{ kind: "bind", source: folder, target }];
    case "volume":
    case "tmpfs":
      return [{ kind: storage, target }];
    default:
      return storage satisfies never;
  }
}
