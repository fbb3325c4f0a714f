import { Resvg } from "@resvg/resvg-js";
import { beforeAll, describe, expect, test } from "vitest";
import type { Drawing } from "../figures/figure.ts";
import { startupTiers } from "../figures/startup-tiers.ts";
import { COLUMN_PX } from "../figures/theme.ts";
import { exampleSubjects } from "../testing/subjects.ts";
import { FONT_FILES } from "./fonts.ts";
import { renderPng, renderSvg } from "./render.ts";

const LONG = "a-rather-long-label-of-a-platform-as-it-may-be-given-by-some";
const { spec } = startupTiers(exampleSubjects(["here", LONG])) as Drawing;
const font = { loadSystemFonts: false, fontFiles: Object.values(FONT_FILES) };
const warnings: string[] = [];
let svg: string;
beforeAll(async () => {
  svg = await renderSvg(spec, (message) => warnings.push(message));
});

describe("svg", () => {
  test("has the labels, as text, and Vega had nothing to warn of", () => {
    for (const label of [
      "daemon",
      "runtime",
      "process",
      "here, warm",
      "small (n = 7)",
      "103 ms",
      "process 5.16 ms (4.80–5.53)",
    ]) {
      expect(svg).toContain(`>${label}</text>`);
    }
    expect(warnings).toEqual([]);
  });

  test("is the same bytes when drawn again", async () => {
    expect(await renderSvg(spec, () => {})).toBe(svg);
  });

  test("is as wide as a column, and nothing in it is cut off", () => {
    const [, width, height] = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    expect(Number(width)).toBe(COLUMN_PX);
    // Drawn with ample room on every side and without its background, what would be cut off shows.
    const roomy = svg.replace(/viewBox="[^"]*"/, 'viewBox="-500 -500 2000 2000"').replace(/<rect [^>]*>/, "");
    const ink = new Resvg(roomy, { font }).getBBox();
    const [x, y] = [ink?.x ?? Number.NaN, ink?.y ?? Number.NaN];
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
    expect(x + (ink?.width ?? 0)).toBeLessThanOrEqual(COLUMN_PX);
    expect(y + (ink?.height ?? 0)).toBeLessThanOrEqual(Number(height));
  });
});

describe("png", () => {
  const size = (png: Uint8Array) => new DataView(png.buffer, png.byteOffset).getUint32(16);

  test("has 400 dots an inch of 3.5 inches, and says so", async () => {
    const png = await renderPng(svg);
    expect(size(png)).toBe(1400);
    const at = Buffer.from(png).indexOf("pHYs");
    expect(new DataView(png.buffer, png.byteOffset).getUint32(at + 4)).toBe(Math.round(400 / 0.0254));
  });

  test("has its text drawn with the fonts that we bring, and is the same bytes again", async () => {
    const png = await renderPng(svg);
    const withoutText = await renderPng(svg.replace(/<text[\s\S]*?<\/text>/g, ""));
    expect(png.length).toBeGreaterThan(2 * withoutText.length);
    expect(Buffer.compare(await renderPng(svg), png)).toBe(0);
  });
});

test("a specification that means nothing is an error, not an empty picture", async () => {
  await expect(renderSvg({ mark: "nonsense" } as never, () => {})).rejects.toThrow();
});
