/** The fonts of every picture: they come with a package, so that it looks the same on a machine without fonts. */
import { createRequire } from "node:module";

const { resolve } = createRequire(import.meta.url);
const file = (name: string): string => resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);

export const FONT_NAME = "DejaVu Sans Condensed";
export const FONT_FILES = { normal: file("DejaVuSansCondensed"), bold: file("DejaVuSansCondensed-Bold") } as const;
