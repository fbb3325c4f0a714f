/** Help without what says nothing: a switch is off until it is given, and a list is empty. */
import type { Argv } from "yargs";
import { hanging, wrapped } from "../research/text/screen/fit.ts";

/** The parser prints the script before it looks for --help. */
export function completionHelp(columns: number): string {
  const what =
    "Print a shell completion script: of commands and options, and of the platforms, conditions and images in ./results";
  const examples = [
    ["~/.bashrc", "For bash, from the next shell on"],
    ["~/.zshrc", "For zsh, typed in one"],
  ].flatMap(([file = "", when = ""]) => hanging(`  tierbench completion >> ${file.padEnd(11)}`, when, columns));
  return ["tierbench completion", "", ...wrapped(what, columns), "", "Examples:", ...examples, ""].join("\n");
}

export const asksHowToComplete = ([command, ...words]: readonly string[]): boolean =>
  command === "help"
    ? words[0] === "completion"
    : command === "completion" && words.some((word) => word === "--help" || word === "-h");

/** Its own types know nothing of it. */
interface WithUsage {
  readonly getOptions: () => { readonly default: Record<string, unknown> };
  readonly getInternalMethods: () => { readonly getUsageInstance: () => { help: () => string } };
}

/** What is not given where nothing is said. */
const isMeaningless = (value: unknown): boolean => value === false || (Array.isArray(value) && value.length === 0);

/** Leaves out such defaults of every command, when its help is printed; the parser declares some of them by itself. */
export function withoutEmptyDefaults(cli: Argv): Argv {
  const parser = cli as unknown as WithUsage;
  const usage = parser.getInternalMethods().getUsageInstance();
  const help = usage.help;
  usage.help = () => {
    const { default: defaults } = parser.getOptions();
    for (const [name, value] of Object.entries(defaults)) if (isMeaningless(value)) delete defaults[name];
    return help();
  };
  return cli;
}
