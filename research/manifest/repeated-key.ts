/** JSON.parse takes the last of two values under one key, and says nothing of the first; libraries that read JSON do the same. */

/** A text, with what makes it a key, or an end of an object. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}]/g;

/** @param text JSON @returns the first key that an object has twice, as it stands there, and its line from 1 */
export function repeatedKey(text: string): { readonly key: string; readonly line: number } | undefined {
  const open: Set<string>[] = [];
  for (const { 0: token, 1: colon, index } of text.matchAll(TOKENS)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (colon !== undefined) {
      const written = token.slice(0, -colon.length);
      const key = JSON.parse(written) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return { key: written, line: text.slice(0, index).split("\n").length };
      keys?.add(key);
    }
  }
  return undefined;
}
