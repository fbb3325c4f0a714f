/**
 * How heavy is a report? `npm run bench:report [-- --rounds N]`: the page of six platforms, those that are committed and the
 * study's (without the study's data synthetic ones in their place), opened in Chromium in turn with an empty page. Prints its
 * bytes, how many screens it has, and how long it takes until everything on it works.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { committedResults, toolVersion } from "../../analysis/edges/repository.ts";
import { median } from "../../analysis/statistics/one-sample/median.ts";
import { sortedSamples } from "../../analysis/statistics/sorted-samples.ts";
import { paperData } from "../../analysis/testing/paper-data.ts";
import { launchBrowser } from "../testing/browser.ts";
import { writeSyntheticPlatform } from "../testing/synthetic-platform.ts";

const { rounds } = await yargs(hideBin(process.argv)).option("rounds", { type: "number", default: 9 }).strict().parseAsync();

const PLATFORMS = 6;
const ROWS = 400;
const VIEWS = { width_px: [1280, 390], height_px: 900 } as const;
const [MOST_BYTES, MOST_MS] = [1_500_000, 1500];

const foldersIn = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [join(path, entry.name)] : []));

/** Filled up with synthetic ones. */
function platforms(into: string): string[] {
  const found = [...foldersIn(committedResults()), ...(paperData === undefined ? [] : foldersIn(paperData))].slice(0, PLATFORMS);
  const made = Array.from({ length: PLATFORMS - found.length }, (_, index) => {
    const folder = join(into, `synthetic-${index + 1}`);
    mkdirSync(folder);
    writeSyntheticPlatform(folder, ROWS, index + 1, toolVersion());
    return folder;
  });
  return [...found, ...made];
}

function writeReport(folders: readonly string[], out: string): void {
  const command = fileURLToPath(new URL("../tierbench", import.meta.url));
  const { error, stderr } = spawnSync(command, ["report", ...folders, "--out", out], { encoding: "utf8" });
  if (error !== undefined || statSync(out, { throwIfNoEntry: false }) === undefined)
    throw new Error(`tierbench report failed: ${error ?? stderr}`);
}

/** Until the page's own script says that it has done everything. */
async function opened_ms(browser: Browser, path: string): Promise<number> {
  const page = await browser.newPage({ viewport: { width: VIEWS.width_px[0], height: VIEWS.height_px } });
  const begin = process.hrtime.bigint();
  await page.goto(pathToFileURL(path).href);
  await page.waitForSelector("html[data-ready=all]", { state: "attached" });
  const taken = Number(process.hrtime.bigint() - begin) / 1e6;
  await page.close();
  return taken;
}

async function screens(browser: Browser, path: string, width: number): Promise<number> {
  const page = await browser.newPage({ viewport: { width, height: VIEWS.height_px } });
  await page.goto(pathToFileURL(path).href);
  const found = await page.evaluate<number>("document.documentElement.scrollHeight / innerHeight");
  await page.close();
  return found;
}

const folder = mkdtempSync(join(tmpdir(), "tierbench-bench-"));
const [report, empty] = [join(folder, "report.html"), join(folder, "empty.html")];
try {
  const folders = platforms(folder);
  writeReport(folders, report);
  writeFileSync(empty, `<!doctype html><html lang="en" data-ready="all"><title>empty</title></html>`);
  await using browser = await launchBrowser();
  const taken = { report: [] as number[], empty: [] as number[] };
  // The first round is not counted: the browser has yet to load its own parts.
  for (let round = 0; round <= rounds; round += 1) {
    const turn = [["report", report] as const, ["empty", empty] as const];
    for (const [name, path] of round % 2 === 0 ? turn : turn.reverse()) {
      const ms = await opened_ms(browser, path);
      if (round > 0) taken[name].push(ms);
    }
  }
  const middle = (values: readonly number[]): string => median(sortedSamples(values)).toFixed(0);
  const load = loadavg().map((each) => each.toFixed(1));
  console.log(`report of ${folders.length} platforms; ${rounds} rounds in Chromium; load average ${load.join(", ")}`);
  console.log(`bytes: ${statSync(report).size} (aim: at most ${MOST_BYTES})`);
  for (const width of VIEWS.width_px)
    console.log(
      `screens of ${width} × ${VIEWS.height_px}: ${(await screens(browser, report, width)).toFixed(1)} (aim: at most 10)`,
    );
  const [least, most] = [Math.min, Math.max].map((end) => end(...taken.report).toFixed(0));
  console.log(`until ready: median ${middle(taken.report)} ms (${least}–${most}; aim: at most ${MOST_MS})`);
  const ratios = taken.report.map((ms, round) => ms / (taken.empty[round] as number));
  console.log(
    `an empty page: median ${middle(taken.empty)} ms; ratio within rounds ${median(sortedSamples(ratios)).toFixed(1)}×`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
