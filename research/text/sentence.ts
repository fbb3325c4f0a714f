/** With a full stop, unless it ends in a mark of its own. */
export const closed = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** A clause as a sentence of its own. A word that is code (\`cold\`, images[].executes, sysctl kernel.x) stays as it is typed. */
export function sentence(clause: string): string {
  const begun = /^[a-z]+[ ,]/.test(clause) ? `${clause[0]?.toUpperCase()}${clause.slice(1)}` : clause;
  // A command at the end is copied as it stands.
  return /[.!?]$| --[\w-]+$/.test(begun) ? begun : `${begun}.`;
}
