/** Where the texts of an SVG by Vega stand, to see whether they collide or are cut. */
import { textWidth } from "../edges/drawing/text-width.ts";

export interface PlacedText {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** Of letters without and with a descender. */
  readonly top: number;
  readonly bottom: number;
}

const TOKEN = /<g\b([^>]*?)(\/?)>|<\/g>|<text\b([^>]*[^/])>([\s\S]*?)<\/text>/g;

/** All texts that are seen, in px; of an axis' labels Vega hides those for which there is no room. */
export function placedTexts(svg: string): PlacedText[] {
  const placed: PlacedText[] = [];
  const origins: (readonly [number, number])[] = [[0, 0]];
  for (const [token, group, closed, attributes, content] of svg.matchAll(TOKEN)) {
    const [x, y] = origins.at(-1) as readonly [number, number];
    if (token === "</g>") origins.pop();
    else if (attributes === undefined) {
      const [dx, dy] = translation(group as string);
      if (closed === "") origins.push([x + dx, y + dy]);
    } else if (!/ opacity="0"/.test(attributes)) {
      const [dx, dy] = translation(attributes);
      for (const line of linesOf(content as string)) placed.push(place(attributes, line.text, x + dx, y + dy + line.dy));
    }
  }
  return placed.filter(({ text }) => text.trim() !== "");
}

function translation(attributes: string): readonly [number, number] {
  const [, x = "0", y = "0"] = /translate\(([-\d.e]+),\s*([-\d.e]+)\)/.exec(attributes) ?? [];
  return [Number(x), Number(y)];
}

function linesOf(content: string): { readonly text: string; readonly dy: number }[] {
  const spans = [...content.matchAll(/<tspan([^>]*)>([^<]*)<\/tspan>/g)];
  if (spans.length === 0) return [{ text: plain(content), dy: 0 }];
  let at = 0;
  return spans.map(([, attributes = "", text = ""]) => {
    at += Number(/dy="([-\d.]+)/.exec(attributes)?.[1] ?? 0);
    return { text: plain(text), dy: at };
  });
}

const plain = (text: string): string => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

function place(attributes: string, text: string, x: number, y: number): PlacedText {
  const size = Number(/font-size="([\d.]+)px"/.exec(attributes)?.[1]);
  const width = textWidth(text, size, /font-weight="bold"/.test(attributes) ? "bold" : "normal");
  const anchor = /text-anchor="(\w+)"/.exec(attributes)?.[1] ?? "start";
  const left = x - { start: 0, middle: width / 2, end: width }[anchor as "start" | "middle" | "end"];
  return { text, left, right: left + width, top: y - 0.73 * size, bottom: y + 0.2 * size };
}

/** Pairs of texts that stand on one another by more than half a pixel. */
export function collisions(texts: readonly PlacedText[]): string[] {
  const shared = (aFrom: number, aTo: number, bFrom: number, bTo: number) => Math.min(aTo, bTo) - Math.max(aFrom, bFrom);
  return texts.flatMap((a, index) =>
    texts
      .slice(index + 1)
      .filter((b) => shared(a.left, a.right, b.left, b.right) > 0.5 && shared(a.top, a.bottom, b.top, b.bottom) > 0.5)
      .map((b) => `${a.text} | ${b.text}`),
  );
}
