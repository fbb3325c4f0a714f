import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { EXPERIMENT_QUESTIONS } from "../research/protocol.ts";
import { command, errorLines, tierbench, tierbenchHere } from "./testing/command.ts";

const folder = mkdtempSync(join(tmpdir(), "tierbench-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const captured = new URL("../benchmarks/fixtures/captured/", import.meta.url).pathname;
/** An engine that answers nobody: what is wrong with the arguments must be said before one is asked. */
const NOBODY = "unix:///nonexistent/docker.sock";
const run = (...args: string[]) =>
  tierbenchHere(["run", "startup", "--out", folder, ...(args.includes("--engine") ? [] : ["--engine", NOBODY]), ...args]);

it("doctor refuses a folder for the lock that is none, as run does", async () => {
  const ended = await tierbenchHere(["doctor"], { TIERBENCH_LOCK_FOLDER: join(folder, "nowhere") });
  expect([ended.code, errorLines(ended).join()]).toEqual([
    2,
    expect.stringMatching(/TIERBENCH_LOCK_FOLDER names .*, which is no folder/),
  ]);
});

describe("misuse: exit code 2 and one line that says what to do", { timeout: 60_000 }, () => {
  it.each([
    [["--platform", "a/b"], /platform label "a\/b" is not valid: expected 1 to 63 letters/],
    [["--platform", ".."], /platform label "\.\." is not valid/],
    [["--platform", "a\u0007b"], /platform label "a\\u0007b" is not valid/],
    [["--platform", ""], /platform label "" is not valid/],
    [["--platform", "x", "--iterations", "-5"], /--iterations takes a whole number from 1/],
    [["--platform", "x", "--iterations", "2.5"], /--iterations takes a whole number from 1/],
    [["--platform", "x", "--iterations", "many"], /--iterations takes a whole number from 1 to 100000, got "many"/],
    [["--platform", "x", "--iterations", "1e3"], /--iterations takes a whole number from 1/],
    [["--platform", "x", "--seed", "-1"], /--seed takes a whole number/],
    [["--platform", "x", "--images", "alpine"], /--images "alpine" is not understood: expected local, paper, small/],
    [["--platform", "x", "--probe", "magic"], /--probe takes auto, tracefs, sidecar or events, got "magic"/],
    [["--platform", "x", "--probe", "events", "--calibrate"], /--probe events uses none: leave one of them out/],
    [["--platform", "x", "--iterationz", "5"], /there is no option --iterationz/],
    [["--append"], /--append is for a platform that is there: name it with --platform LABEL/],
    [["--platform", "x", "--append"], /--append adds to a platform that is there, and .* has no x: name its folder with --out/],
    [["--platform", "x", "--iterations"], /--iterations needs a value: Trials of each condition; tierbench run --help/],
    [["--platform", "x", "--platform", "y"], /--platform was given more than once: .* --platform A=ENGINE --platform B=ENGINE/],
    [["--platform", "x=unix:///a", "--platform", "x=unix:///b"], /leave --engine out/],
    [["--platform", "x", "--sessions", "0"], /--sessions takes a whole number from 1 to 50, got "0"/],
    [
      ["--platform", "x", "--iterations", "3", "--sessions", "4"],
      /4 sessions are too many for 3 iterations: each needs a trial, and of so many there are 3/,
    ],
    [["--platform", "x", "--sessions", "9", "--iterations", "1"], /9 sessions are too many for 1 iteration: each needs a trial/],
    [
      ["--platform", "x", "--precision", "2%", "--iterations", "49"],
      /after 5 sessions at the earliest, and this run has 4 at most/,
    ],
    [["--platform", "x", "--engine", "nonsense"], /engine URL .*expected unix:\/\/\/path/],
  ])("run startup %j", async (args, message) => {
    const ended = await run(...args);
    expect(errorLines(ended).join("\n")).toMatch(message);
    expect(ended.code).toBe(2);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("suggests the command that was meant", async () => {
    const ended = await tierbenchHere(["analyse", "x"]);
    expect(ended.stderr).toContain("did you mean analyze?");
    expect(ended.code).toBe(2);
  });

  it.each([
    [["trace"], /trace takes either an image or --from FILE/],
    [["trace", "--from", "/nonexistent.json"], /--from \/nonexistent\.json: no such file$/m],
    [["analyze", "no-such-platform"], /no-such-platform/],
    [["figures", "../../no-such-folder"], /no-such-folder/],
    [["run", "copy-up", "--platform", "x", "--calibrate"], /run startup or why, too, or leave it out/],
    [["run", "startup", "metadata", "--platform", "x", "--precision", "2%"], /--precision is for startup alone/],
    [
      ["run", "startup", "--platform", "x=unix:///a", "--platform", "x=unix:///b"],
      /--platform x was given more than once: each needs/,
    ],
    [
      ["run", "pull", "--platform", "x", "--sessions", "11"],
      /11 sessions are too many for 50 iterations: .* there are 10; raise --iterations, or give --sessions 10/,
    ],
    [["run", "sleep", "--platform", "x"], /run takes startup, /],
    [[], /name a command/],
  ])("%j", async (args, message) => {
    const ended = await tierbenchHere(args);
    expect(ended.stderr).toMatch(message);
    expect(ended.code).toBe(2);
  });
});

describe("failure: exit code 1 and one line that says what to do", { timeout: 60_000 }, () => {
  it("when no engine answers", async () => {
    const ended = await run("--platform", "x");
    expect(errorLines(ended)).toEqual([
      `tierbench: the Docker engine at ${NOBODY} does not answer: no such socket: start Docker, or name another engine with --engine`,
    ]);
    expect(ended.code).toBe(1);
  });

  it("when nobody listens on the socket", async () => {
    const socket = join(folder, "dead.sock");
    await new Promise<void>((resolve) => {
      const server = createServer().listen(socket, () => {
        server.close(() => resolve());
      });
    });
    writeFileSync(socket, "");
    const ended = await tierbenchHere(["doctor", "--full", "--engine", `unix://${socket}`]);
    expect(ended.stdout.replaceAll(/\s+/g, " ")).toContain("does not answer");
    expect(ended.code).toBe(1);
    rmSync(socket);
  });

  it("in whose description of a machine no line is wider than the pipe says", async () => {
    const socket = join(folder, "no-socket");
    const { stdout } = await tierbenchHere(["doctor", "--full", "--engine", `unix://${socket}`], { COLUMNS: "60" });
    expect(stdout.split("\n").filter((line) => line.length > 60 && !line.includes(socket))).toEqual([]);
    expect(stdout).toContain("What can be measured here");
  });

  it("when a captured start is not one", async () => {
    const file = join(folder, "bad.json");
    for (const [text, message] of [
      ["{", "not JSON"],
      ["{}", "starts"],
      ['{"starts":[{"container_id":"x","client_ns":{},"trace":[]}]}', "container_id"],
    ] as const) {
      writeFileSync(file, text);
      const ended = await tierbenchHere(["trace", "--from", file]);
      expect(errorLines(ended).join()).toContain(message);
      expect(ended.code).toBe(1);
    }
    rmSync(file);
  });
});

describe("a folder that is not as it was sealed", { timeout: 60_000 }, () => {
  it("gets no session added", async () => {
    cpSync(new URL("../results/debian12-docker20", import.meta.url), join(folder, "edited"), { recursive: true });
    await tierbenchHere(["platform", "seal", join(folder, "edited")]);
    const csv = join(folder, "edited", "startup.csv");
    const text = readFileSync(csv, "utf8");
    writeFileSync(csv, text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1));
    const end = await run("--platform", "edited", "--append");
    expect(end.code, end.stderr).toBe(2);
    expect(end.stderr).toContain("startup.csv is not as it was measured");
  });
});

describe("an output that nobody takes", { timeout: 60_000 }, () => {
  it("whose reader is gone changes nothing: the exit code is the command's own", () => {
    const invalid = join(folder, "invalid");
    mkdirSync(invalid);
    writeFileSync(join(invalid, "platform.json"), "{}");
    // The reader ends before the command has begun to write.
    const end = execFileSync("bash", ["-c", `"$0" platform validate "$1" | :; echo "\${PIPESTATUS[0]}"`, command, invalid]);
    expect(end.toString()).toBe("1\n");
  });

  it("that cannot be written is told in one line, with exit code 1", () => {
    const shell = `"$0" trace --from "$1" 2>&1 > /dev/full; echo "code $?"`;
    const end = execFileSync("bash", ["-c", shell, command, join(captured, "docker20.10-runc-bridge.json")]);
    expect(end.toString()).toBe("tierbench: the output could not be written: ENOSPC: no space left on device, write\ncode 1\n");
  });
});

describe("trace --from", { timeout: 60_000 }, () => {
  it("prints every start's milestones, phases, tiers and total as integers", async () => {
    const file = "docker20.10-runc-bridge.json";
    const { code, stdout } = await tierbenchHere(["trace", "--from", join(captured, file), "--format", "json"]);
    expect(code).toBe(0);
    const { starts } = JSON.parse(stdout);
    expect(starts).toHaveLength(3);
    for (const { milestones, phases, tiers, total_ns } of starts) {
      expect(milestones.create_sent).toBe(0);
      for (const time of [...Object.values(milestones), ...Object.values(tiers), total_ns])
        expect(Number.isInteger(time)).toBe(true);
      expect(phases.reduce((sum: number, phase: { duration_ns: number }) => sum + phase.duration_ns, 0)).toBe(total_ns);
      expect(tiers.daemon_ns + tiers.runtime_ns + tiers.process_ns).toBe(total_ns);
      expect(Object.keys(phases[0])).toEqual(expect.arrayContaining(["phase", "tier", "begin_ns", "end_ns", "duration_ns"]));
    }
  });

  it.each(["docker20.10-runc-bridge.json", "docker28.5-runsc-none.json"])(
    "is valid by its committed schema: %s",
    async (file) => {
      const { stdout } = await tierbenchHere(["trace", "--from", join(captured, file), "--format", "json"]);
      const output = JSON.parse(stdout);
      const schema = z.fromJSONSchema(
        JSON.parse(readFileSync(new URL("../research/schemas/trace.json", import.meta.url), "utf8")),
      );
      expect(schema.safeParse(output).error?.issues ?? []).toEqual([]);
      output.starts[0].phases[0].duration_ns = 0.5;
      expect(schema.safeParse(output).success).toBe(false);
    },
  );

  it("has no total for gVisor without the client's mark, and says why", async () => {
    const { stdout } = await tierbenchHere(["trace", "--from", join(captured, "docker28.5-runsc-none.json"), "--format", "json"]);
    for (const start of JSON.parse(stdout).starts) {
      expect(start.total_ns).toBeNull();
      expect(start.incomplete).toContain("entrypoint");
    }
  });

  it("draws a waterfall without colours when the output is no terminal", async () => {
    const { stdout } = await tierbenchHere(["trace", "--from", join(captured, "docker20.10-runc-bridge.json")]);
    expect(stdout).toMatch(/^container 8036b47515da\ncreate container +daemon +█/);
    expect(stdout).not.toContain("\u001b");
  });
});

describe("where one stands", { timeout: 60_000 }, () => {
  it("platforms are looked up in ./results, which the error names, with exit code 2", async () => {
    const ended = await tierbench(["analyze", "nope"], {}, folder);
    expect(ended).toEqual({
      code: 2,
      stdout: "",
      stderr: `tierbench: unknown platform "nope"; no platforms in ${join(folder, "results")} yet; or give a folder's path\n`,
    });
  });

  it.each([
    [["figures", "debian12-docker20", "--out", "FILE"], '--out "FILE" is a file; name a folder'],
    [["report", "debian12-docker20", "--out", "FOLDER"], '--out "FOLDER" is a folder; name a file, such as FOLDER/report.html'],
    [["report", "debian12-docker20", "--out", ""], "--out is empty; name a file, such as report.html"],
    [
      ["platform", "export", "debian12-docker20", "--out", "FOLDER"],
      "is a folder; name a file, such as FOLDER/debian12-docker20.tar.gz",
    ],
    [
      ["platform", "export", "debian12-docker20", "--format", "parquet", "--out", "FILE"],
      '--out "FILE" is a file; name a folder',
    ],
    [["platform", "list", "--results", "FILE"], '"FILE" is a file; name the folder of platforms'],
    [["analyze", "x", "--results", "FILE"], "is a file; name the folder of platforms"],
    [["analyze", "debian12-docker2"], 'unknown platform "debian12-docker2"; did you mean debian12-docker20?'],
  ])("%s: says what is in the way", async (args, said) => {
    const file = join(folder, "a-file");
    writeFileSync(file, "");
    const named = (text: string): string => text.replaceAll("FILE", file).replaceAll("FOLDER", folder);
    const results = args.includes("--results") ? [] : ["--results", new URL("../results", import.meta.url).pathname];
    const { code, stderr } = await tierbench([...args.map(named), ...results], {}, folder);
    expect(code).toBe(2);
    expect(stderr).toContain(named(said));
  });

  it("figures of one platform go to ./paper-figures/LABEL", async () => {
    const root = new URL("..", import.meta.url).pathname;
    const label = "debian12-docker20";
    const args = ["figures", label, "--results", join(root, "results"), "--only", "startup-tiers"];
    expect((await tierbench(args, {}, folder)).code).toBe(0);
    // The command is bundled, letters beyond ASCII and all.
    for (const name of ["startup-tiers.svg", "startup-tiers.vl.json", "startup-tiers.tex", "startup-tiers.caption.txt"]) {
      const drawn = join("paper-figures", label, name);
      expect(readFileSync(join(folder, drawn), "utf8"), name).toBe(readFileSync(join(root, drawn), "utf8"));
    }
    const out = join(folder, "png");
    expect((await tierbench([...args, "--format", "png", "--out", out], {}, folder)).code).toBe(0);
    expect(readdirSync(out).sort()).toEqual(["caption.txt", "png", "vl.json"].map((kind) => `startup-tiers.${kind}`));
  });
});

describe("help", { timeout: 60_000 }, () => {
  it("names every command", async () => {
    const { code, stdout } = await tierbench(["--help"]);
    expect(code).toBe(0);
    for (const command of ["run", "analyze", "figures", "trace", "doctor", "sweep", "completion"])
      expect(stdout).toContain(`tierbench ${command}`);
  });

  it("of run shows examples, and says what each experiment asks", async () => {
    const { stdout } = await tierbench(["run", "--help"]);
    expect(stdout).toContain("Examples:");
    for (const [name, question] of Object.entries(EXPERIMENT_QUESTIONS))
      expect(stdout).toContain(`\n  ${name.padEnd(18)}${question}`);
  });

  it("prints the version that package.json has", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    expect((await tierbench(["--version"])).stdout.trim()).toBe(version);
  });

  it("completes commands", async () => {
    expect((await tierbench(["completion"])).stdout).toContain("tierbench");
    expect((await tierbench(["--get-yargs-completions", "tierbench", "an"])).stdout).toContain("analyze");
  });
});
