/**
 * Values that platform.json does not repeat, because they may be secrets: what stands for one there. A salted hash tells
 * whether a value is the same again; before there were salts, it was `sha256:` and twelve digits.
 */

/** In hexadecimal digits. */
export const SALT_DIGITS = 16;
export const HASH_DIGITS = 12;

const SALTED = new RegExp(`=pbkdf2:([0-9a-f]{${SALT_DIGITS}}):[0-9a-f]{${HASH_DIGITS}}`);
const HIDDEN = new RegExp(`=(?:pbkdf2:[0-9a-f]{${SALT_DIGITS}}|sha256):[0-9a-f]{${HASH_DIGITS}}`, "g");

export const salted = (salt: string, hash: string): string => `pbkdf2:${salt}:${hash}`;

/** The salt of the first hash in a text; `undefined` where it has none. */
export const saltOf = (text: string): string | undefined => SALTED.exec(text)?.[1];

/** Hashes with different salts tell nothing of each other: then names alone are compared. */
export const sameButForSalts = (a: string, b: string): boolean =>
  a === b || (saltOf(a) !== saltOf(b) && withoutHashes(a) === withoutHashes(b));

const withoutHashes = (text: string): string => text.replace(HIDDEN, "=");
