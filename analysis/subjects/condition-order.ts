/** The order in which people look for conditions; they were measured in random order. */
import { IMAGE_SIZES, MODES } from "../../research/protocol.ts";
import type { Measurement } from "./measurement.ts";

interface StartCondition {
  readonly image: string;
  readonly mode: string;
}

const MODE_ORDER: readonly string[] = MODES;
const SIZE_ORDER: readonly string[] = IMAGE_SIZES;

/** For sorting: warm before cold, small before large, other images by their names. */
export const byModeAndSize = (a: StartCondition, b: StartCondition): number =>
  MODE_ORDER.indexOf(a.mode) - MODE_ORDER.indexOf(b.mode) ||
  SIZE_ORDER.indexOf(a.image) - SIZE_ORDER.indexOf(b.image) ||
  (a.image === b.image ? 0 : a.image < b.image ? -1 : 1);

/**
 * For sorting, by one factor after the other. Numbers count as numbers and come before words (1, 3, 3 images, 10, none), and
 * no two different values are equal: the order never depends on which was read first.
 * @param order values that come before all others, in this order
 */
export function byFactors(a: Measurement["factors"], b: Measurement["factors"], order: readonly string[]): number {
  for (const [name, ofA] of Object.entries(a)) {
    const ofB = b[name] ?? "";
    if (ofA === ofB) continue;
    const places = order.indexOf(ofA) - order.indexOf(ofB);
    return places || byNumber(ofA, ofB) || (ofA < ofB ? -1 : 1);
  }
  return 0;
}

function byNumber(a: string, b: string): number {
  const [ofA, ofB] = [Number.parseFloat(a), Number.parseFloat(b)];
  if (Number.isNaN(ofA) || Number.isNaN(ofB)) return Number(Number.isNaN(ofA)) - Number(Number.isNaN(ofB));
  return ofA - ofB;
}
