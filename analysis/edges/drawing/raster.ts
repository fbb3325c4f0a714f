/** What was drawn on a canvas → its pixels, band by band. */
import { type Canvas, createCanvas } from "@napi-rs/canvas";

/** A band fits the processor's caches. In one piece a picture takes several times as long, as all of its memory is new. */
const LINES = 16;

const kept = createCanvas(1, LINES);

/** Red, green, blue and opacity of each pixel, line by line, a byte each; each band is gone when the next one is asked for. */
export function* bandsOf(picture: Canvas): Generator<Uint8Array> {
  const { width, height } = picture;
  for (let top = 0; top < height; top += LINES) {
    kept.width = width; // which takes everything off it
    kept.getContext("2d").drawCanvas(picture, 0, -top);
    yield kept.data().subarray(0, 4 * width * Math.min(LINES, height - top));
  }
}
