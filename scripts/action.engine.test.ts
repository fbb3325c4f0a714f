/** What action.yml runs, as a runner would: inputs in the environment, the runner's files, a real engine. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { engineAndFolder } from "./testing/engine-and-folder.ts";

const { found, folder } = engineAndFolder("action");
const script = fileURLToPath(new URL("action.mjs", import.meta.url));
const action = readFileSync(new URL("../action.yml", import.meta.url), "utf8");

interface Job {
  readonly code: number;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

const job = (inputs: Readonly<Record<string, string>>): Promise<Job> =>
  new Promise((resolve) => {
    const runner = mkdtempSync(join(folder, "runner-"));
    const files = { GITHUB_STEP_SUMMARY: join(runner, "summary"), GITHUB_OUTPUT: join(runner, "output") };
    const env = {
      ...process.env,
      ...files,
      RUNNER_TEMP: runner,
      TIERBENCH_LOCK_FOLDER: runner,
      DOCKER_HOST: `${found.url}`,
      ...inputs,
    };
    const read = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8") : "");
    execFile(process.execPath, [script], { env }, (error, stdout, stderr) =>
      resolve({
        code: error === null ? 0 : Number(error.code),
        log: stdout + stderr,
        summary: read(files.GITHUB_STEP_SUMMARY),
        outputs: Object.fromEntries(
          read(files.GITHUB_OUTPUT)
            .trim()
            .split("\n")
            .map((line) => line.split("=")),
        ),
      }),
    );
  });

test("two images are measured in turns; one session is not judged, which is a warning", { timeout: 300_000 }, async () => {
  const images = { TIERBENCH_BASE: found.small, TIERBENCH_HEAD: found.small };
  const { code, log, summary, outputs } = await job({ ...images, TIERBENCH_ITERATIONS: "1" });
  expect(code, log).toBe(0);
  expect(log).toContain("::warning::not judged");
  expect(outputs.verdict).toBe("not-judged");
  expect(summary.split("\n")[0]).toBe("### tierbench: not judged: too few sessions, or intervals too wide to tell");
  expect(summary).toMatch(/\| warm \| \d\.\d+ \| .*\(trials alone\) \| none \|/);
  expect(summary.trim().split("\n").length).toBeLessThanOrEqual(10);
  expect(existsSync(join(`${outputs.folder}`, "report.html"))).toBe(true);
  expect(existsSync(join(`${outputs.folder}`, "pr/startup.csv"))).toBe(true);
});

test("what cannot be measured fails the job with a line that says why", async () => {
  expect(await job({ TIERBENCH_BASE: "one" })).toMatchObject({
    code: 2,
    log: expect.stringContaining("::error::tierbench: give base and head"),
  });
  const missing = await job({ TIERBENCH_BASE: found.small, TIERBENCH_HEAD: "$(touch /tmp/never):1", TIERBENCH_ITERATIONS: "1" });
  expect(missing.code, missing.log).toBe(2);
  expect(missing.log).toContain("::error::tierbench: the measurement failed");
});

test("every input reaches the script, and no shell reads one", () => {
  const inputs = [...(/^inputs:\n([\s\S]*?)^outputs:/m.exec(action)?.[1] ?? "").matchAll(/^ {2}([\w-]+):$/gm)].map(
    ([, name]) => name as string,
  );
  expect(inputs.length).toBeGreaterThan(5);
  for (const name of inputs) {
    const variable = `TIERBENCH_${name.toUpperCase().replaceAll("-", "_")}`;
    expect(action).toContain(`${variable}: \${{ inputs.${name} }}`);
    expect(readFileSync(script, "utf8")).toContain(`"${variable.replace("TIERBENCH_", "")}"`);
  }
  expect(action.split("\n").filter((line) => /run:.*\$\{\{/.test(line))).toEqual([]);
});
