/** Names that must stay distinguishable, shortened together: what distinguishes them is kept. */
import { BOLD, graphemes, nameBefore, shortenText, textWidthPx } from "./fit-text.ts";
import { PLOT_WIDTH_PX } from "./theme.ts";

/** Of what stands without a break, such as a digest, so much is kept around the first difference. */
const LONGEST_PART = 12;
const [BEFORE_DIFFERENCE, AFTER_DIFFERENCE] = [2, 6];

/**
 * Of a name: itself where it fits, else its beginning, its end and, between ellipses, the parts in which it differs from the
 * others. No two are the same; where there is room for nothing that tells them apart, they are numbered.
 * @param weight as in {@link textWidthPx}
 */
export function shortNames(names: readonly string[], widthPx: number, weight: number = 1): (name: string) => string {
  const distinct = [...new Set(names)];
  const split = distinct.map(graphemes);
  const short = distinct.map((name, index) =>
    textWidthPx(name, weight) <= widthPx ? name : shortened(split[index] ?? [], split, widthPx, weight),
  );
  const byName = new Map(
    distinct.map((name, index) => {
      const own = short[index] as string;
      if (short.indexOf(own) === short.lastIndexOf(own)) return [name, own];
      const number = `${index + 1}: `;
      return [name, `${number}${shortenText(name, widthPx - textWidthPx(number, weight), weight)}`];
    }),
  );
  return (name) => byName.get(name) ?? name;
}

/** Of the panels of a figure. */
export const shortTitles = (titles: readonly string[]): ((title: string) => string) => shortNames(titles, PLOT_WIDTH_PX, BOLD);

const TITLE_NAME_PX = 140;

/** Of which platform a title speaks, at its end: nothing where there is one alone. */
export function inTitle(platforms: readonly string[], platform: string): string {
  const several = new Set(platforms).size > 1;
  return several ? `, ${nameBefore(shortNames(platforms, TITLE_NAME_PX)(platform))}` : "";
}

/** From the most telling characters on, as many as there is room for. */
function shortened(name: readonly string[], all: readonly (readonly string[])[], widthPx: number, weight: number): string {
  const kept = new Set<number>();
  let best = "…";
  for (const place of [...differences(name, all), ...fromBothEnds(name.length)]) {
    if (kept.has(place)) continue;
    kept.add(place);
    const text = withEllipses(name, kept);
    if (textWidthPx(text, weight) > widthPx) kept.delete(place);
    else best = text;
  }
  return best;
}

/** The places of the parts with the first difference to each of the others; those that tell it from most come first. */
function differences(name: readonly string[], all: readonly (readonly string[])[]): number[] {
  const counts = new Map<number, number>();
  for (const other of all) {
    if (other === name) continue;
    const first = name.findIndex((character, place) => character !== other[place]);
    const place = first < 0 ? name.length - 1 : first;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const places = [...counts].sort(([, a], [, b]) => b - a).map(([place]) => place);
  return places.flatMap((place) => partAround(name, place));
}

/** The word or number at a place with what separates it from the next, the difference itself first. */
function partAround(name: readonly string[], place: number): number[] {
  let [from, to] = [place, place + 1];
  while (from > 0 && !(isSeparator(name[from - 1]) && !isSeparator(name[from]))) from -= 1;
  while (to < name.length && !(isSeparator(name[to - 1]) && !isSeparator(name[to]))) to += 1;
  if (to - from > LONGEST_PART) [from, to] = [Math.max(from, place - BEFORE_DIFFERENCE), Math.min(to, place + AFTER_DIFFERENCE)];
  const part = Array.from({ length: to - from }, (_, index) => from + index);
  return part.sort((a, b) => Math.abs(a - place) - Math.abs(b - place));
}

const isSeparator = (character: string | undefined): boolean => !/[\p{L}\p{N}\p{M}]/u.test(character ?? "");

/** 0, the last, 1, the last but one … */
const fromBothEnds = (length: number): number[] =>
  Array.from({ length }, (_, index) => (index % 2 === 0 ? index / 2 : length - (index + 1) / 2));

/** An ellipsis in place of each run that is left out; a single character is no longer than that. */
function withEllipses(name: readonly string[], kept: ReadonlySet<number>): string {
  const has = (place: number): boolean => kept.has(place);
  let text = "";
  name.forEach((character, place) => {
    const single = (place === 0 || has(place - 1)) && (place === name.length - 1 || has(place + 1));
    if (has(place) || single) text += character;
    else if (place === 0 || has(place - 1)) text += "…";
  });
  return text;
}
