/**
 * What action.yml runs: measures base and head in turns, writes the job's summary and outputs, and decides whether the job
 * fails. Inputs come in TIERBENCH_*, so that no shell reads them; files of the runner in GITHUB_STEP_SUMMARY and GITHUB_OUTPUT.
 */
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const { env } = process;
const COMMAND = fileURLToPath(new URL("tierbench.mjs", import.meta.url));
/** Of `compare --threshold`: 0 and these. */
const BEYOND = 3;
const NOT_JUDGED = 1;

const input = (name) => env[`TIERBENCH_${name}`] || undefined;
const threshold = input("THRESHOLD") ?? "5%";
const folder = mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), "tierbench-"));

const runs = whatToRun();
if (runs === undefined) {
  fail("give base and head (two images), or base-engine and head-engine (two engines)", 2);
} else {
  output("folder", folder);
  // Complaints and progress are the log's.
  const measured = tierbench(["run", "startup", ...runs.measured, "--iterations", input("ITERATIONS") ?? "50", "--out", folder]);
  if (measured.status !== 0) fail("the measurement failed: see the log above", measured.status ?? 1);
  else judge(runs);
}

/** Two images take turns within a platform, two engines are platforms of their own. */
function whatToRun() {
  const [base, head] = [input("BASE"), input("HEAD")];
  const [baseEngine, headEngine] = [input("BASE_ENGINE"), input("HEAD_ENGINE")];
  if (base && head && !baseEngine && !headEngine)
    return { measured: ["--platform", "pr", "--images", `base=${base},head=${head}`], platforms: ["pr"], by: ["--by", "image"] };
  if (baseEngine && headEngine && !base && !head) {
    const engines = ["--platform", `base=${baseEngine}`, "--platform", `head=${headEngine}`];
    return { measured: [...engines, "--images", input("IMAGES") ?? "paper"], platforms: ["base", "head"], by: [] };
  }
  return undefined;
}

function judge({ platforms, by }) {
  const args = ["compare", ...platforms, ...by, "--reference", "base", "--results", folder];
  const gate = tierbench([...args, "--threshold", threshold]);
  const told = tierbench([...args, "--format", "json"]);
  // Its reason is in the log.
  if (told.stdout === "") return fail("the comparison failed: see the log above", told.status ?? 1);
  const { comparisons } = JSON.parse(told.stdout);
  tierbench(["report", ...platforms, "--results", folder, "--out", join(folder, "report.html")]);
  process.stdout.write(gate.stdout);
  const verdict = { 0: "within", [BEYOND]: "beyond", [NOT_JUDGED]: "not-judged" }[gate.status];
  if (verdict === undefined) return fail("the comparison failed: see the log above", gate.status ?? 1);
  output("verdict", verdict);
  summarise(verdict, gate.stdout, comparisons);
  if (verdict === "beyond") fail(`a start is certainly slower by more than ${threshold}`, BEYOND);
  else if (verdict === "not-judged") {
    const reason = `not judged: this measurement cannot tell whether a start is slower by more than ${threshold}, see the log above; raise iterations`;
    if (input("FAIL_ON_NOT_JUDGED") === "true") fail(reason, NOT_JUDGED);
    else console.log(`::warning::${reason}`);
  }
}

/** Ten lines of Markdown: what came of it, why, and a row a condition. */
function summarise(verdict, screen, comparisons) {
  const result = {
    within: `no start is certainly slower by more than ${threshold}`,
    beyond: `a start is certainly slower by more than ${threshold}`,
    "not-judged": "not judged: too few sessions, or intervals too wide to tell",
  }[verdict];
  const sentence = screen
    .trim()
    .split(/\n\s*\n/)[0]
    .replace(/\s+/g, " ");
  const rows = comparisons
    .filter(({ metric }) => metric === "total_ms")
    .map(({ condition, sessions, trials, verdict }) => {
      const [ratio, ci] = sessions.ratio === null ? [trials.ratio, trials.ratio_ci] : [sessions.ratio, sessions.ratio_ci];
      const of = sessions.ratio === null ? "trials alone" : "sessions";
      const interval = ci === null ? "–" : `${ci[0].toFixed(3)}–${ci[1].toFixed(3)}`;
      return `| ${condition} | ${ratio === null ? "–" : ratio.toFixed(3)} | ${interval} (${of}) | ${verdict} |`;
    });
  const lines = [
    `### tierbench: ${result}`,
    "",
    cell(sentence),
    "",
    "| start | head / base | 95 % CI | head is |",
    "|---|--:|---|---|",
    ...rows,
  ];
  if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, `${lines.join("\n")}\n`);
}

/** Names of images are data: none of them is markup. */
function cell(text) {
  return text.replace(/[<>|`[\]\\]/g, (sign) => `\\${sign}`);
}

function tierbench(args) {
  return spawnSync(process.execPath, [COMMAND, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
}

function output(name, value) {
  if (env.GITHUB_OUTPUT) appendFileSync(env.GITHUB_OUTPUT, `${name}=${value}\n`);
}

function fail(reason, code) {
  console.log(`::error::tierbench: ${reason}`);
  process.exitCode = code;
}
