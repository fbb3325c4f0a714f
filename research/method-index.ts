/** The list of experiments in research/method/README.md, written from their declaration. */
import { markdownTable } from "markdown-table";
import { EXPERIMENT_QUESTIONS, EXPERIMENTS } from "./protocol.ts";

const table = markdownTable(
  [["experiment", "question"], ...EXPERIMENTS.map((name) => [`[${name}](experiments.md#${name})`, EXPERIMENT_QUESTIONS[name]])],
  { alignDelimiters: false },
);

/** The page with its table of experiments replaced; the text around it is kept. */
export const withExperimentIndex = (page: string): string =>
  page.replace(/(?<=^## Experiments$[^|]*)^\|(?:.*\n\|)*.*$/m, () => table);
