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

it("names of a step's end the coordinate that changes", () => {
  const paths = inlined(
    '<path d="M1.04,2L1.04,5L3,5L3,5L4,6Z"/><path d="M0,0h3L4,0"/><path d="M1,1L1,2M1,2L5,2"/><path d="M7,7L7,7"/>',
  );
  expect([...paths.matchAll(/ d="?([^" >]*)"?/g)].map(([, d]) => d?.replace(/\/$/, ""))).toEqual([
    ...["M1,2V5H3L4,6Z", "M0,0h3L4,0", "M1,1V2M1,2H5", "M7,7L7,7"],
  ]);
});

it.each(Object.entries(TEXT_ON_TIER))("the page's style keeps the colour of text on a segment of %s", (_, colour) => {
  const style = readFileSync(new URL("style.css", import.meta.url), "utf8");
  expect(style).toContain(`svg text[fill="${colour}"]`);
  expect(inlined(`<text transform="translate(1,2)" fill="${colour}">5</text>`)).toContain(`fill=${colour}`);
});
