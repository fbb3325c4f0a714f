/** Options that several commands have. */
import type { Argv } from "yargs";
import { defaultResultsFolder } from "../edges/repository.ts";

/** Platforms, and where their labels are looked up. */
export const platformOptions = (command: Argv) =>
  resultsOption(command).positional("platforms", {
    type: "string",
    array: true,
    demandOption: true,
    describe: "Labels in the results folder, or paths of platforms' folders",
  });

export const resultsOption = <T>(command: Argv<T>) =>
  command.option("results", {
    type: "string",
    requiresArg: true,
    default: defaultResultsFolder(),
    defaultDescription: "the repository's results/",
    describe: "Where labels are looked up",
  });
