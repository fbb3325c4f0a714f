/** Names of platforms that a reader can tell apart, also where folders are called alike. */

export interface Named {
  readonly label: string;
  /** Absolute; no two are the same. */
  readonly folder: string;
}

/**
 * The labels, in the same order. Folders that are called alike get as many folders of their paths before their names as it
 * takes to tell them apart: `before/linux`, `after/linux`. Labels that differ only in what nobody sees (how an accent is
 * composed, a blank at the end) have it written out.
 */
export function distinctLabels(platforms: readonly Named[]): string[] {
  const labels = platforms.map(({ label }) => label);
  const seen = labels.map((label) =>
    labels.some((other) => other !== label && looks(other) === looks(label)) ? writtenOut(label) : label,
  );
  const alike = seen.map((label) => seen.indexOf(label) !== seen.lastIndexOf(label));
  if (!alike.includes(true)) return seen;
  const paths = platforms.map(({ folder }) => folder.split("/").filter((part) => part !== ""));
  const deepest = Math.max(...paths.map((path) => path.length));
  for (let depth = 1; depth <= deepest; depth += 1) {
    const names = seen.map((label, index) => (alike[index] ? (paths[index]?.slice(-depth).join("/") ?? label) : label));
    if (new Set(names).size === names.length) return names;
  }
  return platforms.map(({ folder }) => folder);
}

/** As a reader sees it: composed, without what takes no room, blanks as one. */
const looks = (label: string): string =>
  label
    .normalize("NFKC")
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .replace(/\s+/gu, " ")
    .trim();

const writtenOut = (label: string): string =>
  label.replace(/[^!-~]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
