/** The entries of an image's layers: from the engine's folders on this machine, or from the image as the engine exports it. */
import { lstatSync, readdirSync } from "node:fs";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import * as z from "zod";
import { entryOfTar, type LayerEntry } from "../../inspect/layers/layer-entry.ts";
import type { HistoryStep } from "../../inspect/layers/layer-makers.ts";
import type { Path } from "../images/layer-folders.ts";

const SLASH = Buffer.from("/");
/** inode(7) */
const [S_IFMT, S_IFDIR, S_IFREG, S_IFCHR] = [0o170000, 0o040000, 0o100000, 0o020000];

/**
 * What lies in a folder of an overlay. That a folder hides all of the one below it stands in an attribute that cannot be read
 * here: what it hides is not seen.
 */
export function entriesOfFolder(root: Path): LayerEntry[] {
  const entries: LayerEntry[] = [];
  const known = new Set<string>();
  const left: Buffer[] = [Buffer.alloc(0)];
  for (let folder = left.pop(); folder !== undefined; folder = left.pop()) {
    const within = folder.length === 0 ? root : Buffer.concat([root, SLASH, folder]);
    for (const name of readdirSync(within, { encoding: "buffer" })) {
      const path = folder.length === 0 ? name : Buffer.concat([folder, SLASH, name]);
      const { mode, rdev, size, ino } = lstatSync(Buffer.concat([root, SLASH, path]), { bigint: true });
      const type = Number(mode) & S_IFMT;
      if (type === S_IFDIR) left.push(path);
      // A further name of a file is not so many bytes more.
      const bytes = type === S_IFREG && !known.has(String(ino)) ? Number(size) : 0;
      known.add(String(ino));
      entries.push({ path: path.toString("latin1"), kind: kindOf(type, rdev), bytes });
    }
  }
  return entries;
}

/** A whiteout is a device with the number 0/0 (overlayfs.rst). */
function kindOf(type: number, rdev: bigint): LayerEntry["kind"] {
  if (type === S_IFCHR && rdev === 0n) return "whiteout";
  return type === S_IFDIR ? "folder" : type === S_IFREG ? "file" : "other";
}

const manifest = z.tuple([z.object({ Config: z.string(), Layers: z.array(z.string()) })], z.unknown());
const config = z.object({
  history: z.array(z.object({ created_by: z.string().nullish(), empty_layer: z.boolean().nullish() })).nullish(),
});

export interface ExportedLayers {
  /** The bottom one first. */
  readonly layers: readonly (readonly LayerEntry[])[];
  /** The oldest first. */
  readonly steps: readonly HistoryStep[];
}

/** A manifest, an index or a configuration is smaller. */
const MOST_JSON_BYTES = 4 << 20;

interface Seen {
  readonly texts: Map<string, string>;
  readonly layers: Map<string, LayerEntry[]>;
}

/** An image as `GET /images/ID/get` sends it, in Docker's own layout or OCI's. @throws Error when it is neither */
export async function exportedLayers(stream: Readable): Promise<ExportedLayers> {
  const seen: Seen = { texts: new Map(), layers: new Map() };
  const links = new Map<string, string>();
  const outer = extract({ filenameEncoding: "latin1" });
  const reading = pipeline(stream, outer);
  // The loop fails first, with the same; it is waited for at the end.
  reading.catch(() => undefined);
  for await (const entry of outer) {
    const { name, type, linkname, size = 0 } = entry.header;
    // The same layer twice is a link to its first place, from its own folder.
    if (type === "symlink" && linkname != null) links.set(name, linkname.replace(/^(\.\.\/)+/, ""));
    else if (type !== "file") entry.resume();
    else await readBlob(name, entry as unknown as Readable, size, seen);
  }
  await reading;
  const [first] = manifest.parse(parsed(seen.texts, "manifest.json"));
  const { history } = config.parse(parsed(seen.texts, first.Config));
  return {
    layers: first.Layers.map((name) => {
      const found = seen.layers.get(links.get(name) ?? name);
      if (found === undefined)
        throw new Error(
          `layer ${name} is missing in the engine's export of the image, or compressed in a way that is not read here`,
        );
      return found;
    }),
    steps: (history ?? []).map(({ created_by, empty_layer }) => ({
      ...{ createdBy: created_by ?? "", isEmpty: empty_layer === true, bytes: 0 },
    })),
  };
}

function parsed(texts: ReadonlyMap<string, string>, name: string): unknown {
  const said = texts.get(name);
  if (said === undefined) throw new Error(`the engine's export of the image has no ${name}`);
  return JSON.parse(said);
}

/** What it is, its first bytes tell: names differ from one layout to the other. */
async function readBlob(name: string, blob: Readable, size: number, seen: Seen): Promise<void> {
  const chunks = blob[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const head = await firstBytes(chunks);
  const rest = async function* (): AsyncGenerator<Buffer> {
    yield head;
    yield* { [Symbol.asyncIterator]: () => chunks };
  };
  if (isTar(head) || isGzip(head)) seen.layers.set(name, await readLayer(Readable.from(rest()), isGzip(head)));
  else if (head.every((byte) => byte === 0)) {
    // An empty tar is two blocks of nothing.
    blob.resume();
    seen.layers.set(name, []);
  } else if (size <= MOST_JSON_BYTES) seen.texts.set(name, await text(Readable.from(rest())));
  else for await (const _ of rest());
}

/** A whole header of a tar, or all that there is. */
async function firstBytes(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < TAR_BLOCK) {
    const { value, done } = await chunks.next();
    if (done === true) break;
    head = Buffer.concat([head, value]);
  }
  return head;
}

const TAR_BLOCK = 512;
const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
const isTar = (bytes: Buffer): boolean => bytes.toString("latin1", 257, 262) === "ustar";

async function readLayer(stream: Readable, isCompressed: boolean): Promise<LayerEntry[]> {
  const inner = extract({ filenameEncoding: "latin1" });
  const reading = isCompressed ? pipeline(stream, createGunzip(), inner) : pipeline(stream, inner);
  reading.catch(() => undefined);
  const entries: LayerEntry[] = [];
  for await (const entry of inner) {
    const found = entryOfTar(entry.header.name, entry.header.type ?? "file", entry.header.size ?? 0);
    if (found !== undefined) entries.push(found);
    entry.resume();
  }
  await reading;
  return entries;
}
