/** What the shell may complete a word with beside commands and options: platforms, their conditions and images. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Commands whose words are platforms. */
const OF_PLATFORMS: readonly string[] = ["analyze", "compare", "figures", "report"];
const IMAGES = ["local", "paper", "small", "medium", "large"] as const;

/** Only what completion needs, of whatever file it is: one that cannot be read offers nothing. */
interface Described {
  readonly sessions?: readonly {
    readonly images?: readonly { readonly name: string }[];
    readonly experiments?: readonly { readonly conditions: readonly string[] }[];
  }[];
}

/** @param words of the command line, the one to be completed last @returns `null` where commands and options serve */
export function completions(words: readonly string[], resultsFolder: string): readonly string[] | null {
  const [command = ""] = words;
  const [before = ""] = words.slice(-2);
  const given = words.indexOf("--results");
  const folder = given < 0 ? resultsFolder : (words[given + 1] ?? resultsFolder);
  const labels = labelsIn(folder);
  const named = words.filter((word) => labels.includes(word));
  const from = (named.length === 0 ? labels : named).map((label) => describedIn(join(folder, label)));
  if (before === "--condition") return distinct(from.flatMap(({ sessions = [] }) => sessions.flatMap(conditionsOf)));
  if (before === "--image") return distinct(from.flatMap(imagesOf));
  if (before === "--images") return IMAGES;
  if (before === "--platform" || before === "--reference") return labels;
  const current = words.at(-1) ?? "";
  return OF_PLATFORMS.includes(command) && words.length > 1 && !before.startsWith("--") && !current.startsWith("-")
    ? labels
    : null;
}

type Session = NonNullable<Described["sessions"]>[number];

const conditionsOf = ({ experiments, images = [] }: Session): readonly string[] =>
  experiments?.flatMap(({ conditions }) => conditions) ?? images.flatMap(({ name }) => [`${name} warm`, `${name} cold`]);
const imagesOf = ({ sessions = [] }: Described): string[] =>
  sessions.flatMap(({ images = [] }) => images.map(({ name }) => name));
const distinct = (words: readonly string[]): string[] => [...new Set(words)];

function labelsIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
  } catch {
    return [];
  }
}

function describedIn(folder: string): Described {
  try {
    return JSON.parse(readFileSync(join(folder, "platform.json"), "utf8")) as Described;
  } catch {
    return {};
  }
}
