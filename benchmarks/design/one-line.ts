const LONGEST_REASON = 300;

/** A reason for a cell: it may hold what an engine or a container said. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim()
    // No spreadsheet is to take it for a formula.
    .replace(/^(?=[=+\-@])/, "'")
    .slice(0, LONGEST_REASON) || "unknown";
