import { crc32 } from "node:zlib";

/** Signature (8 bytes) and the IHDR chunk (25), which comes first: PNG specification, sections 5.2 and 5.6. */
const AFTER_HEADER = 33;

/** The same PNG with a pHYs chunk (section 11.3.4.3), so that programs which place it know how large it is. */
export function withDensity(png: Uint8Array, dpi: number): Uint8Array {
  const perMetre = Math.round(dpi / 0.0254);
  const chunk = Buffer.alloc(21);
  chunk.writeUInt32BE(9, 0); // length of the data
  chunk.write("pHYs", 4, "latin1");
  chunk.writeUInt32BE(perMetre, 8);
  chunk.writeUInt32BE(perMetre, 12);
  chunk.writeUInt8(1, 16); // unit: metre
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17);
  return Buffer.concat([png.subarray(0, AFTER_HEADER), chunk, png.subarray(AFTER_HEADER)]);
}
