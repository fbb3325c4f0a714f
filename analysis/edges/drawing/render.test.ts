import { createCanvas, loadImage } from "@napi-rs/canvas";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { Absent, Drawing, Page } from "../../figures/parts/figure.ts";
import { COLUMN_PX } from "../../figures/parts/theme.ts";
import { startDistribution } from "../../figures/starts/start-distribution.ts";
import { startupTiers } from "../../figures/starts/startup-tiers.ts";
import { exampleSubjects } from "../../testing/subjects.ts";
import { compilePage } from "./compile-page.ts";
import { FORMATS, type Pictures } from "./pictures.ts";
import { compressed, drawPictures, renderPictures } from "./render.ts";

vi.setConfig({ testTimeout: 60_000 });

const pageOf = (drawing: Drawing | Absent): Page => {
  if ("absent" in drawing) throw new Error(drawing.absent);
  return drawing.pages[0] as Page;
};
const page = pageOf(startupTiers(exampleSubjects(["here"])));
const warnings: string[] = [];
const render = (page: Page, warn: (message: string) => void): Promise<Pictures> => renderPictures(compilePage(page, warn), warn);
let pictures: Pictures;
beforeAll(async () => {
  pictures = await render(page, (message) => warnings.push(message));
});

/** Where in a picture something was drawn, in its pixels. */
async function ink(picture: Uint8Array, width: number, height: number) {
  const context = createCanvas(width, height).getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(await loadImage(Buffer.from(picture)), 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const box = { left: width, right: 0, top: height, bottom: 0, pixels: 0 };
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] === 255 && data[at + 1] === 255 && data[at + 2] === 255) continue;
    const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)];
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x + 1);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y + 1);
    box.pixels += 1;
  }
  return box;
}

test("is the same bytes when drawn again", async () => {
  const again = await render(page, () => {});
  expect(again.svg).toBe(pictures.svg);
  expect(Buffer.compare(again.png, pictures.png)).toBe(0);
  expect(Buffer.compare(again.pdf, pictures.pdf)).toBe(0);
});

test.each(FORMATS)("%s alone is the same bytes", async (format) => {
  const alone = await compressed(
    await drawPictures(
      compilePage(page, () => {}),
      [format],
      () => {},
    ),
  );
  expect(Object.keys(alone)).toEqual([format]);
  expect(Buffer.from(alone[format] ?? "").equals(Buffer.from(pictures[format]))).toBe(true);
});

describe("svg", () => {
  test("has the labels, as text, and Vega had nothing to warn of", () => {
    for (const label of [
      "daemon",
      "runtime",
      "process",
      "here, warm",
      "small (n = 7)",
      "103 ms !",
      "process 5.16 ms (4.80–5.53)",
    ]) {
      expect(pictures.svg).toContain(`>${label}</text>`);
    }
    expect(warnings).toEqual([]);
  });

  test("is as wide as a column, and nothing in it is cut off", async () => {
    const [, width, height] = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(pictures.svg) ?? [];
    expect(Number(width)).toBe(COLUMN_PX);
    // Drawn with ample room on every side and without its background, what would be cut off shows.
    const roomy = pictures.svg
      .replace(/width="\d+" height="\d+" viewBox="[^"]*"/, 'width="2000" height="2000" viewBox="-500 -500 2000 2000"')
      .replace(/<rect [^>]*>/, "");
    const { left, right, top, bottom, pixels } = await ink(Buffer.from(roomy), 2000, 2000);
    expect(pixels).toBeGreaterThan(1000);
    expect(left).toBeGreaterThanOrEqual(500);
    expect(right).toBeLessThanOrEqual(500 + COLUMN_PX);
    expect(top).toBeGreaterThanOrEqual(500);
    expect(bottom).toBeLessThanOrEqual(500 + Number(height));
  });
});

describe("png", () => {
  const uint32 = (offset: number) => Buffer.from(pictures.png).readUInt32BE(offset);

  test("has 300 dots an inch of 3.5 inches, and says so", () => {
    expect(uint32(16)).toBe(1050);
    expect(uint32(Buffer.from(pictures.png).indexOf("pHYs") + 4)).toBe(Math.round(300 / 0.0254));
  });

  test("is opaque to its last column and line", async () => {
    const [width, height] = [1050, uint32(20)];
    const context = createCanvas(width, height).getContext("2d");
    context.drawImage(await loadImage(Buffer.from(pictures.png)), 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    expect(data.filter((_, at) => at % 4 === 3).every((opacity) => opacity === 255)).toBe(true);
  });

  test("shows what the SVG shows, text included, in place", async () => {
    const [width, height] = [1050, uint32(20)];
    const large = pictures.svg.replace(/width="\d+" height="\d+"/, `width="${width}" height="${height}"`);
    const [ours, svgs] = [await ink(pictures.png, width, height), await ink(Buffer.from(large), width, height)];
    const withoutText = await ink(Buffer.from(large.replace(/<text[\s\S]*?<\/text>/g, "")), width, height);
    expect(ours.pixels).toBeGreaterThan(1.2 * withoutText.pixels);
    expect(Math.abs(ours.pixels / svgs.pixels - 1)).toBeLessThan(0.05);
    for (const side of ["left", "right", "top", "bottom"] as const)
      expect(Math.abs(ours[side] - svgs[side]), side).toBeLessThanOrEqual(4);
  });
});

describe("pdf", () => {
  test("has no font that publishers refuse, also where lines are dashed", async () => {
    const { svg, pdf } = await render(pageOf(startDistribution(exampleSubjects(["one", "two", "three"]))), () => {});
    expect(svg).toContain("stroke-dasharray");
    expect(Buffer.from(pdf).toString("latin1")).toContain("/FontFile2");
    expect(Buffer.from(pdf).toString("latin1")).not.toContain("/Type3");
  });
});

describe("names in other scripts", () => {
  const labelled = (label: string): Page => pageOf(startupTiers(exampleSubjects([label])));

  test.each([
    ["東京", "大阪"],
    ["🚀", "🐢"],
  ])("%s and %s are drawn, and not alike", async (one, other) => {
    const warned: string[] = [];
    const [first, second] = await Promise.all([one, other].map((label) => render(labelled(label), (line) => warned.push(line))));
    expect(first?.png).not.toEqual(second?.png);
    expect(warned).toEqual([]);
    expect(Buffer.from(first?.pdf ?? []).toString("latin1")).not.toContain("/Type3");
    // Of the font with every script the letters that are used, not all of it.
    expect(first?.pdf.length).toBeLessThan(100_000);
  });

  test("characters that no font has are reported", async () => {
    const warned: string[] = [];
    await render(labelled("x\u{1fae8}y"), (line) => warned.push(line));
    expect(warned).toEqual([expect.stringContaining("no font of the figures has \u{1fae8}: a box is drawn instead")]);
  });

  test("leave the bytes of other pictures as they are", async () => {
    await render(labelled("東京"), () => {});
    expect(Buffer.compare((await render(page, () => {})).png, pictures.png)).toBe(0);
  });
});

test("a specification that means nothing is an error, not an empty picture", () => {
  expect(() => render({ spec: { mark: "nonsense" } as never, width_px: COLUMN_PX }, () => {})).toThrow();
});
