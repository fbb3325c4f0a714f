/** A font compressed for the web → the font as a PDF must have it (W3C, WOFF 1.0). */
import { inflateSync } from "node:zlib";

/** What a TrueType font has to have (OpenType 1.9). With some of the rarer tables Skia puts the whole font into a PDF, megabytes of it. */
const TABLES = new Set(["OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post"]);

const SIGNATURE = 0x774f4646;
const [WOFF_HEADER, WOFF_ENTRY, SFNT_HEADER, SFNT_ENTRY] = [44, 20, 12, 16];

/** @throws Error for what is no WOFF 1.0 */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.readUInt32BE(0) !== SIGNATURE) throw new Error("expected a font in WOFF 1.0");
  const tables = Array.from({ length: woff.readUInt16BE(12) }, (_, index) => WOFF_HEADER + index * WOFF_ENTRY)
    .filter((entry) => TABLES.has(woff.toString("latin1", entry, entry + 4).trim()))
    .map((entry) => tableAt(woff, entry));
  const count = tables.length;
  const directory = Buffer.alloc(SFNT_HEADER + count * SFNT_ENTRY);
  woff.copy(directory, 0, 4, 8); // the flavour
  const power = Math.floor(Math.log2(count));
  directory.writeUInt16BE(count, 4);
  directory.writeUInt16BE(2 ** power * SFNT_ENTRY, 6);
  directory.writeUInt16BE(power, 8);
  directory.writeUInt16BE(count * SFNT_ENTRY - 2 ** power * SFNT_ENTRY, 10);
  let offset = directory.length;
  tables.forEach(({ tag, checksum, data }, index) => {
    const entry = SFNT_HEADER + index * SFNT_ENTRY;
    tag.copy(directory, entry);
    directory.writeUInt32BE(checksum, entry + 4);
    directory.writeUInt32BE(offset, entry + 8);
    directory.writeUInt32BE(data.length, entry + 12);
    offset += data.length + padding(data);
  });
  return Buffer.concat([directory, ...tables.flatMap(({ data }) => [data, Buffer.alloc(padding(data))])]);
}

function tableAt(woff: Buffer, entry: number) {
  const [offset, packed, length] = [4, 8, 12].map((at) => woff.readUInt32BE(entry + at)) as [number, number, number];
  const data = woff.subarray(offset, offset + packed);
  return {
    tag: woff.subarray(entry, entry + 4),
    checksum: woff.readUInt32BE(entry + 16),
    data: packed < length ? inflateSync(data) : data,
  };
}

/** Tables begin at multiples of four bytes. */
const padding = ({ length }: Buffer): number => (4 - (length % 4)) % 4;
