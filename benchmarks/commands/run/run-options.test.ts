import { describe, expect, it, test } from "vitest";
import { MisuseError } from "../../../research/misuse.ts";
import { EXPERIMENTS, isOfStudy, STUDY_EXPERIMENTS } from "../../../research/protocol.ts";
import { experimentsAskedFor, parsePlatforms, parseRegistry, parseTarget } from "./run-options.ts";

const neither = { target: undefined, registry: undefined };
const target = { ...neither, target: "example.org" };

describe("the experiments asked for", () => {
  it("are those named, in the order of the study; a target adds its experiment to network", () => {
    expect(experimentsAskedFor(["pull", "network"], neither)).toEqual(["network", "pull"]);
    expect(experimentsAskedFor(["pull", "network"], target)).toEqual(["network", "network-target", "pull"]);
    expect(experimentsAskedFor(["network-target"], target)).toEqual(["network-target"]);
    expect(experimentsAskedFor(["pull"], { ...neither, registry: "localhost/x" })).toEqual(["pull"]);
  });

  it("are all but the study's own and, where no target is named, network-target", () => {
    const ours = EXPERIMENTS.filter((name) => !isOfStudy(name));
    expect(experimentsAskedFor(["all"], neither)).toEqual(ours.filter((name) => name !== "network-target"));
    expect(experimentsAskedFor(["all"], target)).toEqual(ours);
  });

  it("are the study's own where they are asked for", () => {
    expect(experimentsAskedFor(["study"], neither)).toEqual(STUDY_EXPERIMENTS);
    expect(experimentsAskedFor(["startup", "study-cold"], neither)).toEqual(["startup", "study-cold"]);
  });

  it("must be those that the options are for", () => {
    expect(() => experimentsAskedFor(["network-target"], neither)).toThrow("--target HOST");
    expect(() => experimentsAskedFor(["pull"], target)).toThrow("run one of them");
    expect(() => experimentsAskedFor(["network"], { ...neither, registry: "localhost/x" })).toThrow("run one of them");
  });
});

describe("the platforms asked for", () => {
  it("are one label on the engine of --engine, or several with an engine each", () => {
    expect(parsePlatforms(["a"], undefined)).toEqual([{ label: "a", engine: undefined }]);
    expect(parsePlatforms(["a"], "unix:///x")).toEqual([{ label: "a", engine: "unix:///x" }]);
    expect(parsePlatforms(["a=unix:///x=y", "b=tcp://host:1"], undefined)).toEqual([
      { label: "a", engine: "unix:///x=y" },
      { label: "b", engine: "tcp://host:1" },
    ]);
  });

  it.each([
    [["a", "b=unix:///x"], undefined, "--platform was given more than once: engines that are measured in turns"],
    [["a", "a"], undefined, "--platform was given more than once: engines that are measured in turns"],
    [["a=unix:///x", "a=unix:///y"], undefined, "--platform a was given more than once: each needs a label of its own"],
    [["a=unix:///x"], "unix:///y", "leave --engine out"],
  ])("are not %j with --engine %s", (texts, engine, message) => {
    expect(() => parsePlatforms(texts, engine)).toThrow(MisuseError);
    expect(() => parsePlatforms(texts, engine)).toThrow(message);
  });
});

test.each(["example.org", "8.8.8.8", "router", "a-b.example"])("%s is a target", (text) => {
  expect(parseTarget(text)).toBe(text);
});
test.each(["", "-f", "a b", "x'); import os #", "host;id", "$(id)", "a..b", "a.", "::1", "http://x", "x\n", "x".repeat(64)])(
  "%j is no target",
  (text) => expect(() => parseTarget(text)).toThrow(MisuseError),
);
test("a target given twice is no target", () => {
  expect(() => parseTarget(["a", "b"] as unknown as string)).toThrow(MisuseError);
});

test.each(["127.0.0.1:5000/team", "localhost/x", "localhost:5000/x", "registry.example.org/a/b-c_d.e", "host:80/x"])(
  "%s is a registry",
  (text) => expect(parseRegistry(text)).toBe(text),
);
// Without a dot or a port Docker would push to its Hub.
test.each([
  "team/x",
  "host/x",
  "registry.example.org",
  "host:5000",
  "host:5000/",
  "host:5000/X",
  "host:5000/x:1",
  "host:5000/x@y",
])("%s is no registry", (text) => expect(() => parseRegistry(text)).toThrow(MisuseError));
test.each([
  "https://host:5000/x",
  "user:secret@host:5000/x",
  "host:5000/../x",
  "-host:5000/x",
  "[::1]:5000/x",
  "host:5000/x y",
  "",
])("%s is no registry either", (text) => expect(() => parseRegistry(text)).toThrow(MisuseError));
