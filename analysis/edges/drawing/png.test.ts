import { createCanvas, loadImage } from "@napi-rs/canvas";
import { expect, test } from "vitest";
import { encodePng, filterLines } from "./png.ts";

const [WIDTH, HEIGHT] = [3, 5];
const LINE = WIDTH * 4;
/** The third line is the second again, and the second pixel of each the first. */
const pixels = Uint8Array.from({ length: HEIGHT * LINE }, (_, at) => {
  const [line, x] = [Math.floor(at / LINE), Math.floor((at % LINE) / 4)];
  return at % 4 === 3 ? 255 : ((line === 2 ? 1 : line) * 91 + (x === 1 ? 0 : x) * 57 + (at % 4) * 37) % 256;
});
const inBands = (lines: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(HEIGHT / lines) }, (_, band) => pixels.subarray(band * lines * LINE, (band + 1) * lines * LINE));

test.each([1, 2, HEIGHT])("another program reads the pixels as they were, in bands of %i lines", async (lines) => {
  const image = await loadImage(
    Buffer.from(await encodePng(await filterLines(inBands(lines), WIDTH, HEIGHT), WIDTH, HEIGHT, 300)),
  );
  expect([image.width, image.height]).toEqual([WIDTH, HEIGHT]);
  const context = createCanvas(WIDTH, HEIGHT).getContext("2d");
  context.drawImage(image, 0, 0);
  expect([...context.getImageData(0, 0, WIDTH, HEIGHT).data]).toEqual([...pixels]);
});

test.each([
  ["fewer", [pixels.subarray(LINE)]],
  ["more", [pixels, pixels.subarray(0, LINE)]],
  ["parts of lines", [pixels.subarray(0, 4), pixels.subarray(4)]],
])("%s pixels do not make up the picture", async (_, bands) => {
  await expect(filterLines(bands, WIDTH, HEIGHT)).rejects.toThrow("3 × 5 pixels");
});
