/** How a command that is to be copied names a platform that was read, from the folder in which the reader is. */
import { basename, dirname, relative, resolve } from "node:path";
import { shellWord } from "../../../research/text/shell-word.ts";
import type { Called } from "../../format/screen/screen-view.ts";
import type { Source } from "../../subjects/platform.ts";
import type { Subject } from "../../subjects/subject.ts";

/** By its label where that is looked up by default, else by its path. */
export function calledOf({ folder }: Pick<Source, "folder">): Called {
  const parent = dirname(folder);
  const label = shellWord(basename(folder));
  if (parent === resolve("results")) return { platform: label, label, out: undefined };
  return { platform: shellWord(fromHere(folder)), label, out: shellWord(fromHere(parent)) };
}

export const calledByLabel = (subjects: readonly Subject[]): ReadonlyMap<string, Called> =>
  new Map(subjects.map(({ label, source }) => [label, calledOf(source)]));

/** Only downwards: a path that begins with `..` is harder to read than the whole. */
function fromHere(folder: string): string {
  const path = relative(resolve(), folder);
  return path.startsWith("..") ? folder : `./${path}`;
}
