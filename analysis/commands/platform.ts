/** `platform`: what there is, whether it is as it was measured, and how it gets from one person to another. */
import type { Argv } from "yargs";
import { folded } from "../../research/text/screen/folded.ts";
import { addPlatform } from "../edges/archive/add-platform.ts";
import { EXPORT_FORMATS, exportPlatform } from "../edges/archive/export-platform.ts";
import { sealPlatform } from "../edges/archive/seal-platform.ts";
import { findPlatformFolder, knownLabels } from "../edges/reading/find-platform.ts";
import { readPlatforms } from "../edges/reading/read-results.ts";
import { validatePlatform } from "../edges/reading/validate-platform.ts";
import { toolVersion } from "../edges/repository.ts";
import { outputSurroundings, terminal } from "../edges/terminal/terminal.ts";
import { renderPlatform, renderPlatforms } from "../format/platform/platform-list.ts";
import { renderValidation, VALIDATION_FORMATS, type ValidationFormat } from "../format/platform/validation-report.ts";
import { toSubject } from "../subjects/to-subject.ts";
import { resultsOption } from "./platform-options.ts";
import { complain, print } from "./print.ts";

/** Adds the command and those below it; their handlers throw. */
export const addPlatformCommand = (cli: Argv): Argv =>
  cli.command("platform", "List, check, import and export platforms, of this program and in the study's format", addCommands);

const addCommands = (platform: Argv): Argv =>
  platform
    .command(
      "list",
      "List the platforms of the results folder",
      (command) => resultsOption(command).example("$0 platform list", "Those in ./results"),
      ({ results }) => list(results),
    )
    .command(
      "show <platform>",
      "Show what a platform was measured on, its sessions, its tables and their SHA-256",
      (command) => resultsOption(one(command)).example("$0 platform show debian12-docker20", "By its label"),
      ({ platform: name, results }) => show(name, results),
    )
    .command(
      "validate <dirs..>",
      "Check platforms: schema, plan against rows, order, bounds, units, checksums, and what the numbers show; exit code 1 on a defect",
      (command) =>
        resultsOption(command)
          .positional("dirs", { type: "string", array: true, demandOption: true, describe: "Folders of platforms, or labels" })
          .option("format", {
            choices: VALIDATION_FORMATS,
            requiresArg: true,
            default: "text" as const,
            describe: "Output format",
          })
          .example("$0 platform validate results/*", "All that is in ./results")
          .example("$0 platform validate ../their-machine --format json", "For programs: research/schemas/validate.json"),
      ({ dirs, results, format }) => validate(dirs, results, format),
    )
    .command(
      "add <dir>",
      "Check a platform and copy it into the results folder, from a folder or an archive; nothing is overwritten",
      (command) =>
        resultsOption(command)
          .positional("dir", {
            type: "string",
            demandOption: true,
            describe: "A platform's folder, or an archive of `platform export`",
          })
          .option("label", { type: "string", requiresArg: true, describe: "Its name here (default: its own)" })
          .example("$0 platform add their-machine.tar.gz", "Into ./results, under its own label"),
      ({ dir, label, results }) => add(dir, label, results),
    )
    .command(
      "export <platform>",
      "Write a platform into one archive that `platform add` takes, or as Parquet",
      (command) =>
        resultsOption(one(command))
          .option("format", {
            choices: EXPORT_FORMATS,
            requiresArg: true,
            default: "tierbench" as const,
            describe: "What is written",
          })
          .option("out", {
            type: "string",
            requiresArg: true,
            defaultDescription: "./LABEL.tar.gz; for parquet ./parquet",
            describe: "The archive; for parquet a folder, to which platforms are added",
          })
          .example("$0 platform export debian12-docker20", "Into ./debian12-docker20.tar.gz")
          .example("$0 platform export debian12-docker20 --format parquet", "For DuckDB, Spark …: research/DATA.md"),
      ({ platform: name, results, format, out }) => hand(name, results, format, out),
    )
    .command(
      "seal <platform>",
      "Add checksums of its tables (seals) to a platform.json that has none: an old one, or one whose run was killed",
      (command) => resultsOption(one(command)),
      ({ platform: name, results }) => seal(name, results),
    )
    .demandCommand(1, "name a command of platform; tierbench platform --help lists them");

const one = (command: Argv) =>
  command.positional("platform", { type: "string", demandOption: true, describe: "A label in the results folder, or a folder" });

const place = (results: string) => ({ resultsFolder: results, toolVersion: toolVersion() });

/** A platform that cannot be read is said, and makes the exit code 1. */
function list(results: string): void {
  const labels = knownLabels(results);
  if (labels.length === 0)
    throw new Error(`no platforms in ${results} yet; measure one with \`tierbench run\`, or \`tierbench platform add\` one`);
  const sources = readPlatforms(labels, place(results), (platform, error) => {
    complain(`not read: ${platform}: ${error.message}`);
    process.exitCode = 1;
  });
  print(renderPlatforms(sources, terminal()));
}

function show(name: string, results: string): void {
  const [source] = readPlatforms([name], place(results), (_, error) => {
    throw error;
  });
  if (source !== undefined) print(renderPlatform(toSubject(source), validatePlatform(source.folder, toolVersion()), terminal()));
}

function validate(dirs: readonly string[], results: string, format: ValidationFormat): void {
  const folders = dirs.map((dir) => findPlatformFolder(dir, results));
  const platforms = folders.map((folder) => validatePlatform(folder, toolVersion()));
  const valid = platforms.every((platform) => platform.valid);
  const rendered = renderValidation({ valid, platforms }, format);
  print(format === "text" ? folded(rendered, outputSurroundings()) : rendered);
  if (!valid) process.exitCode = 1;
}

function add(dir: string, label: string | undefined, results: string): void {
  const { folder, leftOut, validated } = addPlatform(dir, label, results, toolVersion());
  if (leftOut.length > 0) complain(`left out, as no platform has such a file: ${leftOut.join(", ")}`);
  print(folded(renderValidation({ valid: validated.valid, platforms: [validated] }, "text"), outputSurroundings()));
  print(`added: ${folder}${validated.valid ? "" : " (with its defects, which every analysis of it names)"}\n`);
}

async function hand(
  name: string,
  results: string,
  format: (typeof EXPORT_FORMATS)[number],
  out: string | undefined,
): Promise<void> {
  const written = await exportPlatform(findPlatformFolder(name, results), format, out, toolVersion());
  print(written.map((file) => `${file}\n`).join(""));
}

function seal(name: string, results: string): void {
  const folder = findPlatformFolder(name, results);
  const sessions = sealPlatform(folder, toolVersion());
  print(sessions.length === 0 ? `${folder}: sealed already\n` : `${folder}: sealed session ${sessions.join(", ")}\n`);
}
