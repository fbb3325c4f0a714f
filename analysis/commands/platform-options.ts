/** Options that several commands have. */
import { resolve } from "node:path";
import type { Argv } from "yargs";

/** Platforms, and where their labels are looked up. */
export const platformOptions = (command: Argv) =>
  resultsOption(command).positional("platforms", {
    type: "string",
    array: true,
    demandOption: true,
    describe: "Labels in the results folder, or paths of platform folders",
  });

export const resultsOption = <T>(command: Argv<T>) =>
  command.option("results", {
    type: "string",
    requiresArg: true,
    default: resolve("results"),
    defaultDescription: "./results",
    describe: "Folder in which labels are looked up",
  });
