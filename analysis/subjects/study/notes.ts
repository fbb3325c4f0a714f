/** What is known of a machine, as the notes that the study's script writes, and as platform-notes.ts reads them. */

/**
 * @param started ISO 8601
 * @param facts of a platform of ours
 */
export function notesOf(label: string, started: string, facts: Readonly<Record<string, string>>): string {
  const [, cores = "", processor = ""] = /^(\d+) × (.*)$/.exec(facts.processor ?? "") ?? [];
  const sections: readonly (readonly [heading: string, lines: readonly string[]])[] = [
    ["OS", [`PRETTY_NAME="${facts.system ?? ""}"`]],
    ["CPU", [`model name\t: ${processor}`, `CPU cores: ${cores}`]],
    ["Docker", [facts.engine ?? "", facts["storage driver"] ?? ""]],
    ["Kernel", [facts.kernel ?? ""]],
  ];
  return [
    "=== Platform Information ===",
    `Collected: ${started.replace(/\.\d+Z$/, "Z")}`,
    `Platform Label: ${label}`,
    "Measured by: tierbench run study",
    ...sections.flatMap(([heading, lines]) => ["", `--- ${heading} ---`, ...lines]),
    "",
  ].join("\n");
}
