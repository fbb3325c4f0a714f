/** Cold starts of images with whatever an image may hold, on an engine that names its layers' folders and on one that does not. */
import { execFileSync } from "node:child_process";
import type Docker from "dockerode";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testEngine } from "../../testing/engine.ts";
import { OWNER_LABEL, owner } from "../host/owner.ts";
import { openPageCache } from "../host/page-cache.ts";
import { residency } from "../host/residency.ts";
import { openRootfsCache } from "../host/rootfs-cache.ts";
import { readable } from "./files-in-folders.ts";
import { openImageFiles } from "./image-files.ts";
import { commitLayer } from "./image-store.ts";

/** What public images were seen to hold, and what a layer may hold beside it. */
const ODD = `
cd /odd 2>/dev/null || { mkdir /odd; cd /odd; }
echo data >"$(printf 'caf\\351.txt')"
echo data >"$(printf 'two\\nlines')"
echo data >"  -n FILE "
echo data >"$(printf 'n%.0s' $(seq 255))"
echo data >secret; chmod 0 secret
ln secret hard-link
ln -s nowhere dangling; ln -s self self; ln -s .. circle
mkfifo fifo; mknod null c 1 3 || true # a user namespace allows no devices
`;
const REFERENCE = "tierbench/odd-names:test";

let found: Awaited<ReturnType<typeof testEngine>>;
beforeAll(async () => {
  found = await testEngine();
  const recipe = { name: "odd-names", from: found.small, command: ["sh", "-ec", ODD] };
  await commitLayer(found.engine.docker, recipe, { reference: REFERENCE, owner }, new AbortController().signal);
}, 120_000);
afterAll(async () => {
  await found?.engine.docker.getImage(REFERENCE).remove({ force: true });
  await found?.[Symbol.asyncDispose]();
});

/** The same engine, whose images do not say where their layers are: as Docker with a containerd image store answers. */
const withoutFolders = (docker: Docker): Docker =>
  new Proxy(docker, {
    get: (real, key) => {
      if (key !== "getImage") {
        const value = Reflect.get(real, key) as unknown;
        return typeof value === "function" ? (value as () => unknown).bind(real) : value;
      }
      return (name: string) => ({
        inspect: async () => ({ ...(await real.getImage(name).inspect()), GraphDriver: { Name: "overlayfs", Data: null } }),
      });
    },
  });

describe.each([
  ["as the engine names its layers", (docker: Docker) => docker],
  ["as a container of it shows them", withoutFolders],
])("the files of an image, %s", (_, seenAs) => {
  it("are all there, whatever their names, and nothing of the container is left", async () => {
    const imageFiles = openImageFiles(seenAs(found.engine.docker));
    const files = await imageFiles.of(REFERENCE);
    const names = files.map((path) => readable(path).split("/odd/")[1]).filter((name) => name !== undefined);
    expect(names.map((name) => name.replace("hard-link", "secret")).sort()).toEqual(
      ["caf\\xe9.txt", "two\\x0alines", "  -n FILE ", "n".repeat(255), "secret"].sort(),
    );
    expect(files.some((path) => path.toString().endsWith("/bin/busybox"))).toBe(true);
    expect(imageFiles.warnings()).toEqual([]);
    const ours = await found.engine.docker.listContainers({ all: true, filters: { label: [`${OWNER_LABEL}=${owner}`] } });
    expect(ours).toEqual([]);
  });

  it("leave the page cache, all at once or the image's alone", async () => {
    const imageFiles = openImageFiles(seenAs(found.engine.docker));
    const files = await imageFiles.of(REFERENCE);
    const read = (): void =>
      void execFileSync("xargs", ["-0", "sh", "-c", 'cat -- "$@" >/dev/null', "sh"], {
        input: Buffer.concat(files.flatMap((file) => [file, Buffer.from("\0")])),
      });
    const resident = (): number => residency(files).filter((bytes) => bytes > 0).length;
    const residentAfterReading = (): number => {
      read();
      return resident();
    };
    // Again where another's cold start came between: it empties the whole page cache.
    await expect.poll(residentAfterReading, { timeout: 30_000 }).toBe(files.length);
    await openRootfsCache(imageFiles, found.engine.local).evict(REFERENCE);
    expect(resident()).toBe(0);
    read();
    const pageCache = await openPageCache(imageFiles, found.engine.local, [REFERENCE], undefined);
    if ("problem" in pageCache) throw new Error(pageCache.problem);
    await pageCache.drop(REFERENCE);
    expect(resident()).toBe(0);
  });
});

it("an image that is not there is a problem with a reason, and no error", async () => {
  const pageCache = await openPageCache(openImageFiles(found.engine.docker), true, ["no/such:image"], undefined);
  expect(pageCache).toMatchObject({ problem: expect.stringContaining("the files of image no/such:image cannot be found") });
});
