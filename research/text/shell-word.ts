/** A word of a command that is there to be copied, quoted for a POSIX shell where that would take it apart. */
export const shellWord = (word: string): string =>
  /^[\w./:@=,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
