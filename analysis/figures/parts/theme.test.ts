import { expect, test } from "vitest";
import { TEXT_ON_TIER, TIER_COLOURS } from "./theme.ts";

/** Relative luminance of sRGB: WCAG 2.2. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** CIE 1976 L*. */
const lightness = (colour: string): number => 116 * Math.cbrt(luminance(colour)) - 16;

test("tiers differ in greyscale: at least 20 of 100 steps of lightness between any two", () => {
  const [darkest = 0, middle = 0, lightest = 0] = Object.values(TIER_COLOURS)
    .map(lightness)
    .sort((a, b) => a - b);
  expect(middle - darkest).toBeGreaterThan(20);
  expect(lightest - middle).toBeGreaterThan(20);
});

test("text on a tier has the contrast that WCAG asks for (4.5), and so has the process tier's label on white", () => {
  const contrast = (a: string, b: string): number => {
    const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  for (const tier of ["daemon", "runtime", "process"] as const) {
    expect(contrast(TIER_COLOURS[tier], TEXT_ON_TIER[tier])).toBeGreaterThan(4.5);
  }
  expect(contrast(TIER_COLOURS.process, "#ffffff")).toBeGreaterThan(4.5);
});
