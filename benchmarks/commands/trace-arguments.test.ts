import { describe, expect, it } from "vitest";
import { traceArguments } from "./trace-arguments.ts";

const meant = (...words: string[]) => traceArguments(words);

describe("an image and its command", () => {
  it.each([
    [["small"], ["small", "--"]],
    [
      ["small", "echo", "hi"],
      ["small", "--", "echo", "hi"],
    ],
    [
      ["small", "--", "echo", "hi"],
      ["small", "--", "echo", "hi"],
    ],
    [
      ["--", "small", "sh", "-c", "x"],
      ["small", "--", "sh", "-c", "x"],
    ],
    [
      ["small", "sh", "-c", "echo hi; ls"],
      ["small", "--", "sh", "-c", "echo hi; ls"],
    ],
    [
      ["small", "ls", "-la", "--color=never", "/"],
      ["small", "--", "ls", "-la", "--color=never", "/"],
    ],
    [
      ["small", "head", "-1"],
      ["small", "--", "head", "-1"],
    ],
    [
      ["small", "cat", "-"],
      ["small", "--", "cat", "-"],
    ],
    [
      ["small", "echo", "", "1e3", "007", '"q"', "help"],
      ["small", "--", "echo", "", "1e3", "007", '"q"', "help"],
    ],
    [
      ["small", "--", "--format", "json", "--"],
      ["small", "--", "--format", "json", "--"],
    ],
    [
      ["--from", "x.json"],
      ["--from", "x.json"],
    ],
    [[], []],
  ])("%j", (words, expected) => expect(meant(...words)).toEqual(expected));
});

describe("our options, wherever they stand", () => {
  it.each([
    [
      ["--format", "json", "small", "sh", "-c", "x"],
      ["--format", "json", "small", "--", "sh", "-c", "x"],
    ],
    [
      ["small", "--format=json", "sh", "-c", "x"],
      ["--format=json", "small", "--", "sh", "-c", "x"],
    ],
    [
      ["small", "echo", "hi", "--format", "json"],
      ["--format", "json", "small", "--", "echo", "hi"],
    ],
    [
      ["small", "echo", "hi", "--no-sidecar"],
      ["--no-sidecar", "small", "--", "echo", "hi"],
    ],
    [
      ["small", "df", "-h"],
      ["small", "--", "df", "-h"],
    ],
    [
      ["small", "-h"],
      ["-h", "small", "--"],
    ],
    [
      ["small", "df", "--help"],
      ["--help", "small", "--", "df"],
    ],
    [["--probe"], ["--probe"]],
    [
      ["--frmat", "json", "small"],
      ["--frmat", "json", "--", "small"],
    ],
  ])("%j", (words, expected) => expect(meant(...words)).toEqual(expected));

  it("an ambiguous one is refused, with what to type", () => {
    const say = (...command: string[]) => `tierbench trace --format json small -- ${command.join(" ")}`;
    expect(() => meant("small", "sh", "-c", "echo 'hi'", "--format", "json")).toThrow(say("sh -c 'echo '\\''hi'\\'''"));
    expect(meant("small", "ls", "--format", "json", "--", "-l")).toEqual(["--format", "json", "small", "--", "ls", "-l"]);
  });
});
