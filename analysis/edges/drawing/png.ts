/**
 * Pixels as a PNG (Portable Network Graphics Specification, third edition), that says how large it is. Encoders that try
 * every filter on every line take ten times as long, and do not make smaller what is white for the most part.
 */
import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";
import { crc32, deflate } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const [BYTES_GIVEN, BYTES_PER_PIXEL] = [4, 3];
/** Section 9.2: of each byte the difference from the one above, or the byte itself. */
const [UP, NONE] = [2, 0];
/** Twice as fast as zlib's default, for a sixth more bytes. */
const COMPRESSION = { level: 3, chunkSize: 2 ** 18 };
const WHITE = 0xff;
/** Of four bytes, with its sign: larger numbers V8 puts on the heap until it optimises, which is as long as a picture takes. */
const WHITE_PIXEL = -1;
const INCH_M = 0.0254;

/** What is compressed, beside the program: each line with its filter. */
export async function encodePng(lines: Uint8Array, width: number, height: number, dpi: number): Promise<Uint8Array> {
  const perMetre = Math.round(dpi / INCH_M);
  return Buffer.concat([
    SIGNATURE,
    // 8 bits a channel, colour without opacity, the only methods of compression and filtering, not interlaced (11.2.1).
    chunk("IHDR", Buffer.concat([uint32(width), uint32(height), Buffer.from([8, 2, 0, 0, 0])])),
    chunk("pHYs", Buffer.concat([uint32(perMetre), uint32(perMetre), Buffer.from([1])])), // a metre is unit 1 (11.3.4.3)
    chunk("IDAT", await promisify(deflate)(lines, COMPRESSION)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/**
 * @param bands red, green, blue and opacity of each pixel, line by line, a byte each, in pieces of whole lines from top to
 * bottom; all are opaque, and the last byte is left out
 * @throws Error when they do not make up the picture
 */
export async function filterLines(bands: Iterable<Uint8Array>, width: number, height: number): Promise<Uint8Array> {
  const [lineBytes, stride] = [1 + width * BYTES_PER_PIXEL, width * BYTES_GIVEN];
  const lines = Buffer.alloc(height * lineBytes);
  let at = 0;
  let above = Buffer.alloc(0);
  for (const { buffer, byteOffset, length } of bands) {
    const band = Buffer.from(buffer, byteOffset, length);
    const pixels = new Int32Array(buffer, byteOffset, Math.floor(length / BYTES_GIVEN));
    if (length % stride !== 0 || at + (length / stride) * lineBytes > lines.length) throw notThePicture(width, height);
    for (let from = 0; from < length; from += stride, at += lineBytes) {
      const [before, place] = from === 0 ? [above, 0] : [band, from - stride];
      const isSame = before.length > 0 && band.compare(before, place, place + stride, from, from + stride) === 0;
      lines[at] = isSame ? UP : NONE;
      if (isSame) continue;
      lines.fill(WHITE, at + 1, at + lineBytes);
      copyColours(lines, at + 1, band, pixels, from, width);
    }
    above = Buffer.from(band.subarray(length - stride)); // a copy: the next band may stand in the same memory
    // Memory of bands that are done with is given back between turns of the event loop. Without them all of it would be new
    // to the process, which takes ten times as long.
    await setImmediate();
  }
  if (at !== lines.length) throw notThePicture(width, height);
  return lines;
}

/** Onto a white line. */
function copyColours(line: Buffer, to: number, bytes: Buffer, pixels: Int32Array, from: number, width: number): void {
  const end = from / BYTES_GIVEN + width;
  for (let pixel = from / BYTES_GIVEN, at = to; pixel < end; pixel += 1, at += BYTES_PER_PIXEL) {
    if (pixels[pixel] === WHITE_PIXEL) continue;
    const byte = pixel * BYTES_GIVEN;
    line[at] = bytes[byte] as number;
    line[at + 1] = bytes[byte + 1] as number;
    line[at + 2] = bytes[byte + 2] as number;
  }
}

const notThePicture = (width: number, height: number): Error => new Error(`expected ${width} × ${height} pixels in whole lines`);

/** Section 5.3. */
function chunk(type: string, data: Uint8Array): Buffer {
  const typeAndData = Buffer.concat([Buffer.from(type, "latin1"), data]);
  return Buffer.concat([uint32(data.length), typeAndData, uint32(crc32(typeAndData))]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
