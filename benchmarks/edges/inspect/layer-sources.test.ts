import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { expect, test } from "vitest";
import { exportedLayers } from "./layer-sources.ts";

type Entries = readonly (readonly [name: string, content: string | Buffer, type?: "symlink" | "directory"])[];

async function tar(entries: Entries): Promise<Buffer> {
  const stream = pack();
  for (const [name, content, type] of entries)
    if (type === "symlink") stream.entry({ name, type, linkname: String(content) });
    else if (type === "directory") stream.entry({ name, type });
    else stream.entry({ name }, content);
  stream.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** In small pieces: nothing may depend on where one ends. */
const inPieces = (bytes: Buffer): Readable =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
    })(),
  );

const HISTORY = { history: [{ created_by: "ADD /" }, { created_by: "CMD sh", empty_layer: true }, { created_by: "COPY b" }] };

test("Docker's layout: layers by folder, the same one twice as a link, an empty one", async () => {
  const layer = await tar([
    ["etc/", "", "directory"],
    ["etc/a", "12345"],
    ["etc/.wh.b", ""],
  ]);
  const image = await tar([
    ["one/layer.tar", layer],
    ["two/layer.tar", "../one/layer.tar", "symlink"],
    ["empty/layer.tar", Buffer.alloc(1024)],
    ["c0ffee.json", JSON.stringify(HISTORY)],
    ["manifest.json", JSON.stringify([{ Config: "c0ffee.json", Layers: ["one/layer.tar", "empty/layer.tar", "two/layer.tar"] }])],
  ]);
  const { layers, steps } = await exportedLayers(inPieces(image));
  const read = [
    { path: "etc", kind: "folder", bytes: 0 },
    { path: "etc/a", kind: "file", bytes: 5 },
    { path: "etc/b", kind: "whiteout", bytes: 0 },
  ];
  expect(layers).toEqual([read, [], read]);
  expect(steps.map(({ createdBy, isEmpty }) => [createdBy, isEmpty])).toEqual([
    ["ADD /", false],
    ["CMD sh", true],
    ["COPY b", false],
  ]);
});

test("OCI's layout: layers by digest, compressed", async () => {
  const layer = gzipSync(await tar([["big", "x".repeat(200_000)]]));
  const image = await tar([
    ["blobs/", "", "directory"],
    ["blobs/sha256/aa", layer],
    ["blobs/sha256/bb", JSON.stringify(HISTORY)],
    ["index.json", "{}"],
    ["manifest.json", JSON.stringify([{ Config: "blobs/sha256/bb", Layers: ["blobs/sha256/aa"] }])],
  ]);
  expect((await exportedLayers(inPieces(image))).layers).toEqual([[{ path: "big", kind: "file", bytes: 200_000 }]]);
});

test("what is no image, or cut off, is an error", async () => {
  await expect(exportedLayers(inPieces(await tar([["x", "y"]])))).rejects.toThrow("has no manifest.json");
  const missing = await tar([
    ["c.json", "{}"],
    ["manifest.json", JSON.stringify([{ Config: "c.json", Layers: ["gone"] }])],
  ]);
  await expect(exportedLayers(inPieces(missing))).rejects.toThrow("layer gone is missing");
  await expect(exportedLayers(inPieces(missing.subarray(0, 700)))).rejects.toThrow();
});
