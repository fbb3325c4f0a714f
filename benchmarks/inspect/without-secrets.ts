/** Commands are told as they are, but for what they say behind words that name a secret. */
const SECRET = "(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)";
/** `--password=x`, `DB_PASSWORD=x`, `--token x`; and addresses with a password. */
const ASSIGNED = new RegExp(`([\\w-]*${SECRET}[\\w-]*[=:])("[^"]*"|'[^']*'|\\S+)`, "gi");
const BEHIND = new RegExp(`(--?[\\w-]*${SECRET} )("[^"]*"|'[^']*'|[^\\s-]\\S*)`, "gi");
const ADDRESS = /([a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:)[^/\s@]+(?=@)/gi;

export const withoutSecrets = (text: string): string =>
  text.replaceAll(ADDRESS, "$1***").replaceAll(ASSIGNED, "$1***").replaceAll(BEHIND, "$1***");
