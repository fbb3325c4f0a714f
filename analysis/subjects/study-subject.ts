/** A folder in the study's format as the subject of an analysis or a comparison. */
import type { StudyFile, StudyPlatform } from "./platform.ts";
import type { Subject } from "./subject.ts";

/** Nothing is known of images, commands and probes, of the machine what its notes say, and no start is split into phases. */
export const studySubject = (source: StudyPlatform): Subject => ({
  label: source.label,
  measurements: source.files.flatMap(({ content }) => ("problem" in content ? [] : content.measurements)),
  conditions: new Map(),
  caveats: source.files.flatMap(caveat),
  facts: source.facts,
  source,
});

/** Missing values, and those that the author marked as not measured: reported, never filled in. */
function caveat({ file, content, cautions = [] }: StudyFile): string[] {
  if ("problem" in content) return [`${content.problem}; its experiment is left out`];
  if (content.missing === 0) return [...cautions];
  return [
    ...cautions,
    `${file}: ${content.missing} of ${content.rows} row${content.rows === 1 ? "" : "s"} without a measurement (N/A), read as missing`,
  ];
}
