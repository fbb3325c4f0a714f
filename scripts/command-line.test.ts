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
    [["run", "startup", "--platform", "x", "--iterationz", "5"], /Unknown argument: iterationz; did you mean --iterations\?/],
    [["trace", "--frmat", "json", "small"], /did you mean --format\?/],
    [["analyze", "x", "--resluts", "y"], /did you mean --results\?/],
    [["compare", "x", "y", "--qqq"], /Unknown argument: qqq$/m],
    [["doctr"], /Did you mean doctor\?/],
    [["trace", "--name", "x", "small"], /trace does not take docker's --name: /],
  ])("%j", async (args, message) => {
    const ended = await tierbenchHere(args);
    expect(ended.stderr).toMatch(message);
    expect(ended.code).toBe(2);
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
