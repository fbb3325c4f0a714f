/** What was drawn on a canvas → its pixels, band by band. */
import { type Canvas, createCanvas } from "@napi-rs/canvas";

/** A band fits the processor's caches. */
const LINES = 32;

/** Red, green, blue and opacity of each pixel, line by line, a byte each. */
export function* bandsOf(picture: Canvas): Generator<Uint8Array> {
  const { width, height } = picture;
  const band = createCanvas(width, LINES);
  const context = band.getContext("2d");
  for (let top = 0; top < height; top += LINES) {
    // The picture is opaque: nothing is seen of the band before.
    context.drawCanvas(picture, 0, -top);
    yield band.data().subarray(0, 4 * width * Math.min(LINES, height - top));
  }
}
