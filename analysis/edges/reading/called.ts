/** How a command that is to be copied names a platform that was read, from the folder in which the reader is. */
import { basename, dirname, relative, resolve } from "node:path";
import { LABEL_PATTERN } from "../../../research/protocol.ts";
import { shellWord } from "../../../research/text/shell-word.ts";
import type { Called } from "../../format/screen/screen-view.ts";
import type { Source } from "../../subjects/platform.ts";
import type { Subject } from "../../subjects/subject.ts";

/** By its label where that is looked up by default, else by its path; a copy may have a name that is no label. */
export function calledOf({ folder }: Pick<Source, "folder">): Called {
  const [parent, name] = [dirname(folder), basename(folder)];
  const label = LABEL_PATTERN.test(name) ? name : undefined;
  const isUsual = parent === resolve("results");
  return {
    platform: isUsual && label !== undefined ? label : shellWord(fromHere(folder)),
    label,
    out: isUsual ? undefined : shellWord(fromHere(parent)),
  };
}

export const calledByLabel = (subjects: readonly Subject[]): ReadonlyMap<string, Called> =>
  new Map(subjects.map(({ label, source }) => [label, calledOf(source)]));

/** Only downwards: a path that begins with `..` is harder to read than the whole. */
function fromHere(folder: string): string {
  const path = relative(resolve(), folder);
  return path.startsWith("..") ? folder : `./${path}`;
}
