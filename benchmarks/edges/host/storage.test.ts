import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pid } from "node:process";
import { expect, test } from "vitest";
import { storageOf, storageOfLayer } from "./storage.ts";

/** A containerd store on a file system of its own, apart from the engine's root. */
const store = mkdtempSync("/dev/shm/tierbench-store-");
const layer = join(store, "io.containerd.snapshotter.v1.overlayfs/snapshots/5/fs");
mkdirSync(layer, { recursive: true });

test("a containerd store's device is that of its layers, not of the engine's root", () => {
  try {
    const expected = { data_root: join(store, "io.containerd.snapshotter.v1.overlayfs"), file_system: "tmpfs", rotational: null };
    expect(storageOfLayer("/proc", Buffer.from(layer))).toMatchObject(expected);
    expect(storageOfLayer(store, Buffer.from(layer))).toMatchObject({ ...expected, data_root: store });
    // Through a handle, as for an engine in another mount namespace.
    const handle = openSync(layer, "r");
    expect(storageOfLayer("/proc", Buffer.from(`/proc/${pid}/fd/${handle}`))).toMatchObject(expected);
    closeSync(handle);
  } finally {
    rmSync(store, { recursive: true });
  }
});

test("a root that is not there is on no known device", () => {
  expect(storageOf("/no/such")).toEqual({ data_root: "/no/such", device: null, file_system: null, rotational: null });
});
