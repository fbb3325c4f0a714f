import { describe, expect, it } from "vitest";
import type { PlannedRun } from "../../../../research/manifest.ts";
import { MisuseError } from "../../../../research/misuse.ts";
import type { RunOptions } from "../run-options.ts";
import { parseRun } from "../run-request.ts";
import { appendedOptions, resumedOptions } from "./asked-for.ts";

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

describe("what --append adds", () => {
  const run = (given: Partial<RunOptions>): PlannedRun => {
    const { asked: then, seed, iterations } = parseRun(options({ resume: false, ...given }));
    return { seed, iterations, sessions: [], asked: then };
  };
  const more = (given: Partial<RunOptions>): RunOptions => options({ resume: false, append: true, ...given });

  it("is the same as the last run of these experiments, with a seed of its own, but for what is given", () => {
    const runs = [
      run({ images: "app=nginx:1.25", iterations: "20", modes: "warm", command: ["nginx", "-t"], seed: "7" }),
      run({ experiments: ["write"], iterations: "9" }),
    ];
    const { options: added, taken } = appendedOptions(more({ iterations: "10" }), runs);
    expect(added).toMatchObject({ images: "app=nginx:1.25", iterations: "10", modes: "warm", command: ["nginx", "-t"] });
    expect(added.seed).toBeUndefined();
    expect(taken).toBe("--sessions 4 --images app=nginx:1.25 --modes warm -- nginx -t");
    expect(() => parseRun(added)).not.toThrow();
  });

  it("takes the number of sessions from a run of just these experiments", () => {
    const runs = [run({ experiments: ["startup", "stop"], iterations: "20", sessions: "2" })];
    expect(appendedOptions(more({ experiments: ["stop", "startup"] }), runs).options.sessions).toBe("2");
    expect(appendedOptions(more({ experiments: ["stop"] }), runs).options.sessions).toBeUndefined();
  });

  it("is what was given where nothing is recorded, or nothing of these experiments", () => {
    for (const runs of [[], [run({ experiments: ["write"] })], [{ seed: 1, iterations: 9, sessions: [] }]])
      expect(appendedOptions(more({}), runs)).toEqual({ options: more({}), taken: "" });
  });

  it("is refused where the values of the environment are not known", () => {
    const runs = [run({ variant: ["a=-e S=hush"] })];
    expect(() => appendedOptions(more({}), runs)).toThrow(
      /--append adds to had values of the environment.*give its --variant once more/,
    );
  });
});
