/** The order in which people look for conditions of starts; measured they come in the order in which chance first made them. */
import { IMAGE_SIZES, MODES } from "../../research/protocol.ts";

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
  (a.image < b.image ? -1 : 1);
