import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Page } from "../figures/parts/figure.ts";
import { TEXT_ON_TIER } from "../figures/parts/theme.ts";
import { inlineSvg } from "./inline-svg.ts";

const page = { spec: {}, width_px: 336 } as Page;
const inlined = (content: string): string =>
  inlineSvg(`<svg width="10" height="10" viewBox="0 0 10 10">${content}</svg>`, page, "p", "what it shows").markup;
const count = (text: string, what: RegExp): number => [...text.matchAll(what)].length;

it("leaves every group closed once, also beside one of nothing that closes itself", () => {
  const svg = inlined(
    '<g fill="none"><g clip-path="url(#clip0)"/><g transform="translate(3,4)"><path d="M0,0h9"/></g><g><g></g></g></g>',
  );
  expect(count(svg, /<g\b/g)).toBe(count(svg, /<\/g>/g));
  expect(svg).toContain("<g fill=none><g transform");
  expect(svg).not.toContain("clip-path");
});

it.each(Object.entries(TEXT_ON_TIER))("the page's style keeps the colour of text on a segment of %s", (_, colour) => {
  const style = readFileSync(new URL("style.css", import.meta.url), "utf8");
  expect(style).toContain(`svg text[fill="${colour}"]`);
  expect(inlined(`<text transform="translate(1,2)" fill="${colour}">5</text>`)).toContain(`fill=${colour}`);
});
