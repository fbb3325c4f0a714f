import { createCanvas, loadImage } from "@napi-rs/canvas";
import { expect, test } from "vitest";
import { encodePng } from "./png.ts";

const [WIDTH, HEIGHT] = [3, 2];
const pixels = Uint8Array.from({ length: WIDTH * HEIGHT * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at * 37) % 256));

test("another program reads the pixels as they were", async () => {
  const image = await loadImage(Buffer.from(await encodePng(pixels, WIDTH, HEIGHT, 400)));
  expect([image.width, image.height]).toEqual([WIDTH, HEIGHT]);
  const context = createCanvas(WIDTH, HEIGHT).getContext("2d");
  context.drawImage(image, 0, 0);
  expect([...context.getImageData(0, 0, WIDTH, HEIGHT).data]).toEqual([...pixels]);
});

test("pixels that do not make up the picture are refused", async () => {
  await expect(encodePng(pixels.subarray(4), WIDTH, HEIGHT, 400)).rejects.toThrow("3 × 2 pixels");
});
