/** The fonts of every picture: they come with packages, so that it looks the same on a machine without fonts. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createCanvas, GlobalFonts } from "@napi-rs/canvas";
import { FONT_FAMILY } from "../../figures/parts/theme.ts";
import { unpackWoff } from "./woff.ts";

const FONT_NAME = "DejaVu Sans Condensed";

const { resolve } = createRequire(import.meta.url);
for (const file of ["DejaVuSansCondensed", "DejaVuSansCondensed-Bold"]) {
  const path = resolve(`dejavu-fonts-ttf/ttf/${file}.ttf`);
  if (GlobalFonts.registerFromPath(path, FONT_NAME) === null) throw new Error(`${path} cannot be read as a font`);
}

/** Of the other scripts and of emoji: coarse, but names in them are legible and distinguishable. */
const FALLBACK_NAME = "UnifontEX";
/** What every figure of ours is written in. */
const SURELY_HAS = /^[\u0020-\u007e\u00a0-\u024f\u0370-\u03ff\u0400-\u04ff‐-‧\u2212√≤≥▸◂▴▾]*$/;
let fallbackLoaded = false;

/**
 * The theme's font as CSS has it → the one for a text. The fallback takes a while to load, and most texts need none; it has
 * no bold, and a made-up one would get into a PDF as a Type 3 font, which publishers refuse.
 */
export function fontFor(text: string, font: string): string {
  if (SURELY_HAS.test(text)) return font.replace(FONT_FAMILY, FONT_NAME);
  if (!fallbackLoaded) {
    const path = resolve("@fontsource/unifontex/files/unifontex-latin-400-normal.woff");
    if (GlobalFonts.register(unpackWoff(readFileSync(path)), FALLBACK_NAME) === null)
      throw new Error(`${path} cannot be read as a font`);
    fallbackLoaded = true;
  }
  return font.replace(FONT_FAMILY, `${FONT_NAME}, ${FALLBACK_NAME}`).replace(/^bold /, "");
}

/** Those characters of a text that no font has; a box is drawn for each. */
export const lackingIn = (text: string): string[] =>
  [...new Set(text)].filter((character) => !SURELY_HAS.test(character) && isVisible(character) && isBox(character));

const isVisible = (character: string): boolean => !/[\p{M}\p{Default_Ignorable_Code_Point}\p{Z}\p{C}]/u.test(character);

/** Never assigned (The Unicode Standard, 23.7), so that no font has it. */
const NONCHARACTER = "\ufdd0";
const PX = 32;

const isBox = (character: string): boolean => picture(character).equals(picture(NONCHARACTER));

function picture(character: string): Buffer {
  const canvas = createCanvas(2 * PX, 2 * PX);
  const context = canvas.getContext("2d");
  context.font = fontFor(character, `${PX}px ${FONT_FAMILY}`);
  context.fillText(character, PX / 2, 1.5 * PX);
  return Buffer.from(canvas.data());
}
