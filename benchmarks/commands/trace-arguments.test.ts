import { describe, expect, it } from "vitest";
import { runArguments } from "./run-arguments.ts";
import { traceArguments } from "./trace-arguments.ts";

const meant = (words: string): string => traceArguments(words.split(" ").filter((word) => word !== "")).join(" ");

describe("an image and its command", () => {
  it.each([
    ["small", "small --"],
    ["small echo hi", "small -- echo hi"],
    ["small -- echo hi", "small -- echo hi"],
    ["-- small sh -c x", "small -- sh -c x"],
    ["small ls -la --color=never /", "small -- ls -la --color=never /"],
    ["small head -1", "small -- head -1"],
    ["small cat -", "small -- cat -"],
    ["small -- --format json --", "small -- --format json --"],
    ["--from x.json", "--from x.json"],
    ["", ""],
  ])("%s", (words, expected) => expect(meant(words)).toBe(expected));

  it("takes words as data", () => {
    const command = ["echo", "", "1e3", "007", '"q"', "help", "echo hi; ls", "$(ls)"];
    expect(traceArguments(["small", ...command])).toEqual(["small", "--", ...command]);
  });
});

describe("options stand before and behind the image, up to the first other word", () => {
  it.each([
    ["--format json small sh -c x", "--format json small -- sh -c x"],
    ["small --format=json sh -c x", "--format=json small -- sh -c x"],
    ["small echo hi --format json", "small -- echo hi --format json"],
    ["small df -h", "small -- df -h"],
    ["small -h", "-h small --"],
    ["small df --help", "small -- df --help"],
    ["--probe", "--probe"],
    ["--frmat json small", "--frmat json -- small"],
    ["--memory 256m small -e A=b --no-sidecar echo -e", "--memory=256m --env=A=b --no-sidecar small -- echo -e"],
    [
      "-it --rm -dm256m -e=A=b -u 0:0 small",
      "--interactive=true --tty=true --rm=true --detach=true --memory=256m --env=A=b --user=0:0 small --",
    ],
    ["--init=false --read-only small", "--init=false --read-only=true small --"],
    ["-v /a:/b -p80:80 -P small --net none", "--volume=/a:/b --publish=80:80 --publish-all=true --net=none small --"],
  ])("%s", (words, expected) => expect(meant(words)).toBe(expected));

  it.each([
    ["--name x small", "trace does not take docker's --name"],
    ["--restart=always small", "docker's --restart"],
    ["-a stdout small", "docker's -a"],
    ["--platform linux/arm64 small", "docker's --platform"],
    ["small --gpus all", "docker's --gpus"],
    ["--memory", "--memory needs a value"],
    ["-e", "--env needs a value"],
  ])("%s is refused by name", (words, message) => expect(() => meant(words)).toThrow(message));
});

describe("of run", () => {
  it("words that are no flags of docker's stay where they are, and what stands behind -- is the command", () => {
    const words = "startup --platform a=unix:///x --images small -m 1g --variant x= --init burst -- ls -m".split(" ");
    const expected = "startup --platform a=unix:///x --images small --memory=1g --variant x= --init=true burst -- ls -m";
    expect(runArguments(words).join(" ")).toBe(expected);
    expect(() => runArguments(["startup", "--name", "x"])).toThrow("run does not take docker's --name");
  });
});
