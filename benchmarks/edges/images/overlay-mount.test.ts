import { expect, test } from "vitest";
import { overlayMounts } from "./overlay-mount.ts";

const STORE = "/var/lib/docker/containerd/daemon/io.containerd.snapshotter.v1.overlayfs/snapshots";

test("a container's root on Docker 28.5 with a containerd image store, as its own process sees it", () => {
  const mountinfo = `229 80 0:50 / / rw,relatime - overlay overlay rw,lowerdir=${STORE}/19/fs:${STORE}/10/fs,upperdir=${STORE}/20/fs,workdir=${STORE}/20/work
230 229 0:52 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
`;
  expect(overlayMounts(mountinfo)).toEqual([
    { point: "/", lower: [`${STORE}/19/fs`, `${STORE}/10/fs`], upper: `${STORE}/20/fs` },
  ]);
});

test("the same as the shim sees it, with fields that are there at times", () => {
  const [mount] = overlayMounts(
    `75 68 0:50 / /var/lib/docker/rootfs/overlayfs/19bca8 rw,relatime shared:6 master:1 - overlay overlay rw,lowerdir=l/2MQT:l/QUC3,upperdir=/var/lib/docker/overlay2/7d/diff,workdir=/var/lib/docker/overlay2/7d/work,index=off`,
  );
  expect(mount).toEqual({
    point: "/var/lib/docker/rootfs/overlayfs/19bca8",
    lower: ["/var/lib/docker/overlay2/l/2MQT", "/var/lib/docker/overlay2/l/QUC3"],
    upper: "/var/lib/docker/overlay2/7d/diff",
  });
});

test("layers that are named one by one", () => {
  const [mount] = overlayMounts(`1 2 0:5 / / rw - overlay o rw,lowerdir+=/a:1/fs,lowerdir+=/b/fs,datadir+=/c,upperdir=/s/2/fs`);
  expect(mount?.lower).toEqual(["/a:1/fs", "/b/fs", "/c"]);
});

test("characters that mean something to the kernel, and bytes that mean nothing in UTF-8", () => {
  const [mount] = overlayMounts(
    `1 2 0:5 / /a\\040b rw - overlay o rw,lowerdir=/data\\0401\\054x\\134:y/1/fs:/caf\xe9/2/fs,upperdir=/data\\0401/3/fs`,
  );
  expect(mount).toEqual({ point: "/a b", lower: ["/data 1,x:y/1/fs", "/caf\xe9/2/fs"], upper: "/data 1/3/fs" });
});

test("other file systems, and a root without an upper folder", () => {
  expect(overlayMounts("1 2 8:1 / / rw - ext4 /dev/sda rw\n\n")).toEqual([]);
  expect(overlayMounts("1 2 0:5 / / ro - overlay o ro,lowerdir=/a/fs:/b/fs")[0]?.lower).toEqual(["/a/fs", "/b/fs"]);
});
