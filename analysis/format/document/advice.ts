/** What to do, as a screen and as a document say it. */
import { hanging } from "../../../research/text/screen/fit.ts";
import { plain, type Section } from "../../../research/text/screen/screen.ts";
import { type Block, code } from "./document.ts";

export interface Advice {
  readonly sentences: readonly string[];
  /** To be copied. */
  readonly command?: string | undefined;
}

const NONE: Advice = { sentences: [] };

/** A command stands on a line of its own. */
export function adviceLines(advice: Advice | undefined, columns: number): Section {
  const { sentences, command } = advice ?? NONE;
  return [
    ...(sentences.length === 0 ? [] : hanging("  what to do: ", plain(sentences.join(" ")), columns)),
    ...(command === undefined ? [] : hanging("    ", plain(command), columns)),
  ];
}

export function adviceBlocks(advice: Advice | undefined): Block[] {
  const { sentences, command } = advice ?? NONE;
  if (sentences.length === 0 && command === undefined) return [];
  const said = ["What to do:", ...sentences].join(" ");
  return [{ kind: "paragraph", text: command === undefined ? [said] : [`${said} `, code(command)] }];
}
