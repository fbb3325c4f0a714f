/**
 * A figure's SVG as a part of a page: without what only a file needs, with the words of its marks for tooltips, and a
 * tenth of the size. Its colours stay attributes, which the page's style replaces by those of its theme.
 */
import type { Page } from "../figures/parts/figure.ts";
import { Html } from "../format/document/html-template.ts";

/** @param id distinct on the page @param label what it shows, escaped by us */
export function inlineSvg(svg: string, { spec }: Page, id: string, label: string): Html {
  const words = wordsIn(spec);
  const [, box = "0 0 1 1"] = /viewBox="([^"]+)"/.exec(svg) ?? [];
  const body = svg
    .replace(/^<svg[^>]*>/, "")
    .replace(/<rect width="[\d.]+" height="[\d.]+" fill="#ffffff"\/>/, "")
    .replace(/ aria-label="([^"]*)"/g, (_, label: string) => (words.has(plain(label)) ? ` data-words="${label}"` : ""))
    .replace(/ (?:role|aria-roledescription|aria-hidden|pointer-events|font-family)="[^"]*"/g, "")
    // What the page's style has for all of them.
    .replace(/ (?:(?:opacity|stroke-width)="1"|font-size="9px"|text-anchor="start"|stroke-dasharray="")/g, "")
    // What is so anyway.
    .replace(/ (?:stroke-miterlimit="4"|stroke-dasharray="1,0")/g, "")
    .replace(/(<text[^>]*) fill="#1a1a1a"/g, "$1")
    .replace(/<text([^>]*) transform="translate\(([-\d.e]+),([-\d.e]+)\)"/g, '<text$1 x="$2" y="$3"')
    .replace(/ class="([^"]*)"/g, (_, names: string) => keptClass(names))
    .replace(svg.includes("rows_") ? /$^/ : /<path class="background" d="[^"]*"\/>/g, "") // nobody brushes it
    .replace(/<path( class="background")? d="M0,0h0v0h0Z"\/>|<path d="" display="none"\/>/g, "")
    .replace(/(id="|url\(#)(\w+)/g, (_, before: string, name: string) => `${before}${id}-${name}`)
    .replace(
      / (transform|d|x|y|x1|x2|y1|y2|width|height)="([^"]*)"/g,
      (_, name: string, value: string) => ` ${name}="${name === "d" ? stepped(short(value)) : short(value)}"`,
    );
  // Who comes to a picture by keyboard goes through its words; a legend has none.
  const stop = body.includes(" data-words=") ? ' tabindex="0"' : "";
  return new Html(
    `<svg viewBox="${box}" role="img"${stop} aria-label="${attribute(label)}" style="--w:${box.split(" ")[2]}px">${unquoted(withoutEmpty(joined(merged(body))))}`,
  );
}

/** The sentences that the specification has for its marks; those that Vega makes of fields are left out. */
function wordsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const each of value) wordsIn(each, found);
  else if (typeof value === "object" && value !== null) {
    for (const [name, each] of Object.entries(value)) {
      if (name === "words" && typeof each === "string") found.add(each);
      else wordsIn(each, found);
    }
  }
  return found;
}

/** Of a plot, and of a panel whose rows can be brushed. */
function keptClass(names: string): string {
  const rows = /\b(rows_\d+_\d+_\d+_\d+)_group\b/.exec(names)?.[1];
  if (rows !== undefined) return ` class="${rows}"`;
  return names === "background" ? ' class="background"' : "";
}

const ENTITIES: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };
const plain = (text: string): string => text.replace(/&(?:amp|lt|gt|quot);/g, (entity) => ENTITIES[entity] ?? entity);
const attribute = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`).replace(/\s+/g, " ");

/** A tenth of a pixel is not seen; in the arcs of a small symbol a hundredth. */
const short = (value: string): string => {
  const steps = value.includes("A") ? 100 : 10;
  return value.replace(/-?\d+\.\d+(?:e-?\d+)?/g, (number) => String(Math.round(Number(number) * steps) / steps));
};

/** Of a path of straight lines those along an axis, which name one coordinate; none that goes nowhere. */
function stepped(path: string): string {
  if (!/^[MLZ\d.,-]+$/.test(path)) return path;
  let at: readonly [x: string, y: string] = ["", ""];
  const steps = path.replace(/([ML])(-?[\d.]+),(-?[\d.]+)/g, (line, command: string, x: string, y: string) => {
    const [before, isMove] = [at, command === "M"];
    at = [x, y];
    if (isMove || (x !== before[0] && y !== before[1])) return line;
    return x === before[0] ? (y === before[1] ? "" : `V${y}`) : `H${x}`;
  });
  return /[HVL]/.test(steps) ? steps : path; // a point is drawn, where its ends are round
}

const LINES = /(?:<line(?: transform="translate\([^)]*\)")? x2="[^"]*" y2="[^"]*"[^>]*\/>){2,}/g;
const LINE = /<line(?: transform="translate\(([^,]*),([^)]*)\)")? x2="([^"]*)" y2="([^"]*)"([^>]*)\/>/g;

/** Lines without words that follow one another in the same look, as those of a grid, become one path. */
const joined = (svg: string): string =>
  svg.replace(LINES, (lines) => {
    const found = [...lines.matchAll(LINE)];
    const look = found[0]?.[5] ?? "";
    if (look.includes("data-words") || found.some((line) => line[5] !== look)) return lines;
    return `<path d="${found.map(([, x = "0", y = "0", dx, dy]) => `M${x} ${y}l${dx} ${dy}`).join("")}"${look}/>`;
  });

const CIRCLE = /<path transform="translate\(([-\d.]+),([-\d.]+)\)" d="M([\d.]+),0A[^"]*"( (?:fill|stroke)="[^"]*"[^>]*)\/>/g;

/**
 * Circles without words that follow one another in the same look become one path, each a step from the one before: filled
 * ones as points of a round pen, the others as an arc that all but closes.
 */
function merged(svg: string): string {
  let [result, end, look, path] = ["", 0, "", ""];
  let last: Point = [0, 0];
  const close = (): void => {
    if (path !== "") result += `<path d="${path}"${look}/>`;
    path = "";
  };
  for (const match of svg.matchAll(CIRCLE)) {
    const [whole, x, y, radius, attributes] = match as unknown as [string, string, string, string, string];
    if (attributes.includes("data-words")) continue;
    const filled = /^ fill="([^"]*)"/.exec(attributes)?.[1];
    const [r, rest] = [Number(radius), attributes.replace(/ (?:fill|stroke|stroke-width)="[^"]*"/g, "")];
    const style =
      filled === undefined ? attributes : ` class="dots" stroke="${filled}" stroke-width="${Math.round(20 * r) / 10}"${rest}`;
    if (match.index !== end || style !== look) {
      close();
      result += svg.slice(end, match.index);
      look = style;
    }
    const at: Point = [Math.round(10 * Number(x)), Math.round(10 * (Number(y) + (filled === undefined ? r : 0)))];
    path += `${path === "" ? `M${pair(at)}` : `m${pair([at[0] - last[0], at[1] - last[1]])}`}${filled === undefined ? `a${r} ${r} 0 1 1 .01 0` : ""}z`;
    last = at;
    end = match.index + whole.length;
  }
  close();
  return result + svg.slice(end);
}

/** In tenths of a pixel, so that steps add up. */
type Point = readonly [number, number];

const pair = (point: Point): string => {
  const [x = "", y = ""] = point.map((tenths) => String(tenths / 10).replace(/^(-?)0\./, "$1."));
  return y.startsWith("-") ? `${x}${y}` : `${x} ${y}`;
};

/** As HTML allows it; before a slash the slash would belong to the value. */
const unquoted = (svg: string): string => svg.replace(/="([\w#.,%-]+)"(?=[ >])/g, "=$1");

/** Groups of nothing, from within outwards, and those that only group. */
function withoutEmpty(svg: string): string {
  // Nothing that is clipped is written as a group that closes itself.
  let [before, after] = ["", svg.replaceAll(' transform="translate(0,0)"', "").replaceAll(/<g\b[^>]*\/>/g, "")];
  while (before !== after) [before, after] = [after, after.replace(/<g[^>]*><\/g>/g, "")];
  const kept: boolean[] = [];
  return after.replace(/<g(>| )|<\/g>/g, (tag, next: string | undefined) => {
    if (next === undefined) return kept.pop() === true ? tag : "";
    kept.push(next === " ");
    return next === " " ? tag : "";
  });
}
