/** What was probably meant by a word that is none of those that there are. */

/** More letters than this changed, left out or exchanged make another word. */
const MOST_CHANGES = 2;

/** One that the word begins, else the one with the fewest changes; `undefined` when none is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const begun = words.filter((other) => word.length > 1 && other.startsWith(word));
  if (begun.length === 1) return begun[0];
  const most = Math.min(MOST_CHANGES, Math.floor(word.length / 3));
  const [found] = words
    .map((other) => ({ other, changes: changes(word, other) }))
    .filter((candidate) => candidate.changes <= most)
    .sort((a, b) => a.changes - b.changes);
  return found?.other;
}

/** Behind a message about a word that there is not; nothing where none is near. @param before what stands before the word */
export function didYouMean(word: string, words: readonly string[], before = ""): string {
  const meant = nearest(word, words);
  return meant === undefined ? "" : `; did you mean ${before}${meant}?`;
}

/** Letters changed, left out, put in, or exchanged with their neighbours (optimal string alignment; Damerau 1964). */
function changes(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const changed = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const exchanged = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(changed, at(i - 1, j) + 1, (row[j - 1] ?? Number.POSITIVE_INFINITY) + 1, exchanged));
    }
  }
  return at(a.length, b.length);
}
