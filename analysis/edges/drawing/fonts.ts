/** The fonts of every picture: they come with a package, so that it looks the same on a machine without fonts. */
import { createRequire } from "node:module";
import { GlobalFonts } from "@napi-rs/canvas";

export const FONT_NAME = "DejaVu Sans Condensed";

const { resolve } = createRequire(import.meta.url);
for (const file of ["DejaVuSansCondensed", "DejaVuSansCondensed-Bold"]) {
  const path = resolve(`dejavu-fonts-ttf/ttf/${file}.ttf`);
  if (GlobalFonts.registerFromPath(path, FONT_NAME) === null) throw new Error(`${path} cannot be read as a font`);
}
