import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it, vi } from "vitest";
import { asMeant } from "./command-line.ts";
import { commandLine } from "./run-command.ts";
import { tierbenchHere } from "./testing/command.ts";

vi.setConfig({ testTimeout: 60_000 });

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tierbench-typed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  [["help"], ["--help"]],
  [
    ["help", "trace"],
    ["trace", "--help"],
  ],
  [
    ["analyze", "--", "x", "-y"],
    ["analyze", "x", "./-y"],
  ],
  [
    ["analyze", "007", "1e3"],
    ["analyze", "007", "1e3"],
  ],
])("%j", async (typed, meant) => expect(await asMeant(typed)).toEqual(meant));

/** What the parser makes of the words, without doing it. */
async function parsed(args: readonly string[]): Promise<Record<string, unknown>> {
  let seen: Record<string, unknown> | undefined;
  const stop = new Error("parsed");
  const cli = await commandLine(args);
  cli.exitProcess(false).middleware((options) => {
    seen = options;
    throw stop;
  }, false);
  await expect((async () => cli.parseAsync())()).rejects.toThrow(stop);
  return seen ?? {};
}

describe("what is typed stays as typed", () => {
  const COMMAND = ["sh", "-c", "echo hi", "", "1e3", "0x10", "1.50", "007", '"q"', "-", "--", "help", "--format"];
  it("in a command behind --", async () => {
    for (const words of [
      ["small", "--", ...COMMAND],
      ["--", "small", ...COMMAND],
    ]) {
      const { image, "--": command } = await parsed(["trace", ...words]);
      expect([image, command]).toEqual(["small", COMMAND]);
    }
  });

  it("as of platforms that look like numbers", async () => {
    const { platforms, reference } = await parsed(["compare", "007", "1e3", "0x10", "--reference", "1e3"]);
    expect([platforms, reference]).toEqual([["007", "1e3", "0x10"], "1e3"]);
  });
});

describe("what there is not is refused with what there is", () => {
  it.each([
    [
      ["run", "startup", "--platform", "x", "--iterationz", "5"],
      /there is no option --iterationz; did you mean --iterations\? tierbench run --help lists what there is$/m,
    ],
    [["trace", "--frmat", "json", "small"], /did you mean --format\?/],
    [["trace", "--memroy", "5m", "small"], /did you mean --memory\?/],
    [["trace", "-Z", "small"], /there is no option -Z; tierbench trace --help/],
    [["trace", "small", "--until"], /--until needs a value; tierbench trace --help/],
    [["analyze", "x", "--resluts=y"], /no option --resluts; did you mean --results\?/],
    [["compare", "x", "y", "--qqq"], /there is no option --qqq; tierbench compare --help lists what there is$/m],
    [["doctr"], /there is no command "doctr"; did you mean doctor\? tierbench --help lists what there is$/m],
    [["explain", "x", "y"], /: there is no command "explain"; tierbench --help lists what there is$/m],
    [["foo"], /there is no command "foo"; tierbench --help lists what there is$/m],
    [["platform", "shwo"], /there is no command "shwo"; did you mean platform show\? tierbench platform --help/],
    [["doctor", "extra"], /doctor does not take "extra"; tierbench doctor --help/],
    [
      ["analyze"],
      /: analyze needs <platforms\.\.>: labels in the results folder, or paths of platform folders; tierbench analyze --help lists what there is$/m,
    ],
    [["run"], /: run needs <experiments\.\.>: one, several, or all; tierbench run --help/],
    [
      ["platform", "show"],
      /: platform show needs <platform>: a label in the results folder, or a folder; tierbench platform show/,
    ],
    [["compare", "x", "y", "--threshold"], /: --threshold needs a value: Exit with 3 .*; tierbench compare --help/],
    [["audit", "--format"], /: --format needs a value: text, json or sarif; tierbench audit --help/],
    [
      ["analyze", "x", "--format", "jsn"],
      /: --format takes text, .* or csv, got "jsn"; did you mean json\? tierbench analyze --help/,
    ],
    [["run", "strartup"], /: run takes startup, .* or study, got "strartup"; did you mean startup\? tierbench run --help/],
    [["trace", "--name", "x", "small"], /trace does not take docker's --name: /],
  ])("%j", async (args, message) => {
    const ended = await tierbenchHere(args);
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).not.toMatch(/argument|undefined/i);
    expect(ended.code).toBe(2);
  });

  it("every option that takes one of several words is refused without one", async () => {
    for (const command of [
      "run",
      "trace",
      "inspect",
      "audit",
      "analyze",
      "compare",
      "paper tables",
      "paper audit",
      "platform validate",
    ]) {
      const help = await helpOf(command.split(" "));
      const options = [...help.matchAll(/^ +(?:-\w, )?--([\w-]+) .*\[choices:/gm)].map(([, name]) => name as string);
      expect(options.length, command).toBeGreaterThan(0);
      for (const option of options) {
        const ended = await tierbenchHere([...command.split(" "), "x", `--${option}`]);
        expect([ended.code, ended.stderr], option).toEqual([2, expect.stringContaining(`--${option} needs a value`)]);
      }
    }
  });
});

/** The words of a shell's command, by a shell; what stands behind a pipe does not matter. */
function wordsOf(example: string): string[] {
  const shim = join(folder, "tierbench");
  writeFileSync(shim, `#!/bin/sh\nfor word; do printf '%s\\0' "$word" >>${folder}/words; done\n`, { mode: 0o755 });
  writeFileSync(join(folder, "words"), "");
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` };
  execFileSync("sh", ["-c", `${example.split(" | ")[0]}; exec cat ${folder}/words`], { env, encoding: "utf8" });
  return execFileSync("cat", [join(folder, "words")], { encoding: "utf8" })
    .split("\0")
    .slice(0, -1);
}

const helpOf = async (words: readonly string[]): Promise<string> =>
  (await commandLine(words)).wrap(null).exitProcess(false).getHelp();

const examplesIn = (help: string): string[] =>
  [...(help.split("\nExamples:\n")[1] ?? "").matchAll(/^ {2}(tierbench .*?)(?: {2,}|$)/gm)].map(
    ([, example]) => example as string,
  );

describe("help", () => {
  const HELP = [
    ...["run", "trace", "doctor", "sweep", "analyze", "compare", "figures", "report"].map((name) => [name]),
    ["paper"],
  ];
  const paper = ["fetch", "tables", "audit"].map((name) => ["paper", name]);

  it.each([...HELP, ...paper])("%s %s: -h is --help, and every example parses", async (...command) => {
    const words = command.filter((word) => typeof word === "string");
    const text = await helpOf(words);
    const short = await commandLine([...words, "-h"]);
    const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
    await short.wrap(null).exitProcess(false).parseAsync();
    expect(String(said.mock.calls[0]?.[0]).trim()).toBe(text.trim());
    said.mockRestore();
    for (const example of examplesIn(text)) expect(await parsed(wordsOf(example)), example).toMatchObject({ $0: "tierbench" });
  });

  it("of run is no wider than 80 columns, what experiments ask included", async () => {
    vi.stubEnv("COLUMNS", "80");
    const text = await (await commandLine(["run"])).exitProcess(false).getHelp();
    vi.unstubAllEnvs();
    expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(text).toContain("what operations on many small files cost on each kind of\n                    storage\n");
  });

  it.each([
    ...[["run"], ["trace"], ["doctor"], ["audit"], ["analyze"], ["compare"], ["figures"], ["report"]],
    ...[
      ["platform", "validate"],
      ["platform", "add"],
    ],
  ])("of %s %s has no default that says nothing, and marks what must be given", async (...command) => {
    const text = await helpOf(command.filter((word) => typeof word === "string"));
    expect(text).not.toMatch(/default: (\[\]|false|undefined|null)/);
    const [usage = ""] = text.split("\n");
    for (const [, name] of usage.matchAll(/<([a-z]+)(?:\.\.)?>/g))
      expect(text).toMatch(new RegExp(`^ +${name} .*\\[required\\]`, "m"));
  });

  it("of completion is help, not the script", async () => {
    for (const words of [
      ["completion", "--help"],
      ["help", "completion"],
    ]) {
      const { code, stdout } = await tierbenchHere(words);
      expect([code, stdout]).toEqual([0, expect.stringMatching(/^tierbench completion\n\nPrint a shell completion script/)]);
      expect(stdout).not.toContain("###");
    }
  });

  it("has examples of platforms that there are", async () => {
    for (const command of ["analyze", "compare", "figures", "report"]) {
      const examples = examplesIn(await helpOf([command]));
      expect(examples).not.toHaveLength(0);
      for (const example of examples) {
        const { platforms } = await parsed(wordsOf(example));
        for (const platform of platforms as string[])
          expect(readdirSync(join(root, platform.includes("/") ? "." : "results", platform)), platform).toContain(
            "platform.json",
          );
      }
    }
  });
});
