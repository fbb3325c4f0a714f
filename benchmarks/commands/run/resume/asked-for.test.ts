import { describe, expect, it } from "vitest";
import { MisuseError } from "../../../../research/misuse.ts";
import type { RunOptions } from "../run-options.ts";
import { parseRun } from "../run-request.ts";
import { resumedOptions } from "./asked-for.ts";

const options = (given: Partial<RunOptions>): RunOptions => ({
  ...{ experiments: ["startup"], platform: ["x"], iterations: undefined, sessions: undefined, precision: undefined },
  ...{ seed: undefined, images: undefined, engine: undefined, probe: undefined, sidecar: undefined, calibrate: undefined },
  ...{ target: undefined, registry: undefined, append: false, resume: true, out: "results" },
  ...{ variant: undefined, flags: undefined, command: undefined, modes: undefined, until: undefined, "expect-exit": undefined },
  "keep-traces": undefined,
  ...given,
});
const { asked } = parseRun(options({ experiments: ["all"], iterations: "10", images: "small", sidecar: false }));

describe("what a run was asked for", () => {
  it("is written with every default and with what was drawn", () => {
    expect(asked.options).toMatchObject({ iterations: "10", sessions: "2", images: "small", probe: "auto", sidecar: false });
    expect(asked.options.seed).toMatch(/^\d+$/);
    expect(asked.experiments).toContain("write");
    expect(asked.experiments).not.toContain("network-target");
  });

  it("is taken again where nothing is said, and where the same is", () => {
    const same = options({ experiments: ["all"], iterations: "10", sidecar: false });
    expect(parseRun(resumedOptions(same, asked)).asked).toEqual(asked);
  });

  it("knows values of the environment again by their salted hashes, and by the plain ones of older files", () => {
    const given = (value: string) => options({ variant: [`a=-e S=${value}`], flags: [`--env=T=${value}`] });
    const recorded = parseRun(given("hush")).asked;
    expect(JSON.stringify(recorded)).not.toContain("hush");
    expect(JSON.stringify(parseRun(given("hush")).asked)).not.toBe(JSON.stringify(recorded));
    const older = {
      ...recorded,
      options: { ...recorded.options, variant: ["a=--env=S=sha256:dc8331bcb228"], flags: ["--env=T=sha256:dc8331bcb228"] },
    };
    for (const then of [recorded, older]) {
      expect(resumedOptions(given("hush"), then)).toMatchObject({ variant: ["a=-e S=hush"] });
      expect(() => resumedOptions(given("other"), then)).toThrow("the run that --resume goes on with had");
      expect(() => resumedOptions(options({}), then)).toThrow("give its --variant once more");
    }
  });

  it.each([
    [{ iterations: "11" }, "--iterations 11: the run that --resume goes on with had --iterations 10"],
    [{ seed: "-1" }, "--seed -1: "],
    [{ sidecar: true }, "--sidecar: the run that --resume goes on with had --no-sidecar"],
    [{ precision: "2%" }, "--precision 2%: the run that --resume goes on with had no --precision"],
    [{ images: "local" }, "had --images small"],
    [{ experiments: ["write"] as const }, "experiments write: the run that --resume goes on with had startup copy-up"],
  ])("is refused by name where another is given: %j", (given, message) => {
    const resume = (): unknown => resumedOptions(options({ experiments: ["all"], ...given }), asked);
    expect(resume).toThrow(MisuseError);
    expect(resume).toThrow(message);
  });
});
