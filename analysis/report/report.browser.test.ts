import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../../scripts/testing/browser.ts";
import { tierbench } from "../../scripts/testing/command.ts";
import { FIGURE_NAMES } from "../figures/catalogue.ts";

/** As hostile as a folder's name can be: no slash and no NUL, else anything. */
const LABEL = "<script>window.hacked=1<!-- <img src=x onerror=window.hacked=1> \u2028\"'&";
const CELL = "</script><script>window.hacked=1</script>";
const OURS = "debian12-docker20";

const folder = mkdtempSync(join(tmpdir(), "tierbench-report-"));
const file = join(folder, "report.html");
let browser: Browser;

beforeAll(async () => {
  const study = join(folder, LABEL);
  mkdirSync(study);
  const rows = Array.from({ length: 12 }, (_, index) => `${index + 1},alpine,warm,${500 + 7 * ((index * 5) % 12)}`);
  writeFileSync(join(study, "01-startup-latency.csv"), `iteration,image,mode,startup_ms\n${rows.join("\n")}\n`);
  // A cell that no reader accepts: the reason, which quotes it, is shown.
  writeFileSync(join(study, "06-image-pull-time.csv"), `iteration,image,pull_time_ms\n1,${CELL},7\n`);
  const { code, stdout } = await tierbench(["report", OURS, study, "--out", file]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: `${file}\n` });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** What the page should not have said or asked for. */
  readonly complaints: string[];
}

async function open(options: BrowserContextOptions = {}): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, ...options });
  const complaints: string[] = [];
  const url = pathToFileURL(file).href;
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => request.url() !== url && complaints.push(`request: ${request.url()}`));
  await page.goto(url);
  await page.waitForSelector("html[data-drawn=all]", { state: "attached" });
  return { page, complaints };
}

const bars = (page: Page): Promise<number> => page.locator(".condition:not([hidden]) .mark-rect.role-mark path").count();

describe("the report in a browser", () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
  });

  test("opens from disk without a complaint, and asks for nothing", async () => {
    expect(opened.complaints).toEqual([]);
    expect(await opened.page.locator("#figures .picture svg").count()).toBeGreaterThan(3);
    expect(await opened.page.locator(".picture:visible:not(:has(svg))").count()).toBe(0);
  });

  test("shows text from outside as text", async () => {
    const { page } = opened;
    expect(await page.evaluate("'hacked' in window")).toBe(false);
    expect(await page.locator("script").count()).toBe(3);
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator("h1").textContent()).toContain(LABEL.replace("\u2028", "\\u{2028}"));
    expect(await page.locator("#measured td", { hasText: CELL }).count()).toBeGreaterThan(0);
    expect(await page.locator("#figures svg text", { hasText: "<script>" }).count()).toBeGreaterThan(0);
  });

  test("draws the platform, image and mode that are chosen", async () => {
    const { page } = opened;
    expect(await page.locator(".condition:not([hidden])").count()).toBe(1);
    const one = await bars(page);
    expect(one).toBeGreaterThan(15);
    await page.selectOption("select[name=image]", "large");
    await page.selectOption("select[name=mode]", "cold");
    await page.waitForFunction("document.querySelector('.condition:not([hidden]) svg') !== null");
    expect(await page.locator(".condition:not([hidden]) h3").textContent()).toBe(`${OURS}: large cold`);
    await page.selectOption("select[name=mode]", "");
    await page.waitForFunction(
      "[...document.querySelectorAll('.condition:not([hidden]) .picture')].every((place) => place.querySelector('svg'))",
    );
    expect(await bars(page)).toBe(2 * one);
    expect(await page.locator("#chosen").textContent()).toBe("2 of 6 shown");
    await page.selectOption("select[name=image]", "small");
    await page.selectOption("select[name=mode]", "warm");
  });

  test("tells a phase's milestones and times under the pointer", async () => {
    const { page } = opened;
    const hook = page.locator(".condition:not([hidden]) .mark-rect.role-mark path[aria-label*='phase: hook']").first();
    await hook.hover();
    const words = await page.locator("#tooltip").textContent();
    expect(words).toMatch(/^hook \(runtime\): [\d.]+ ms\nbegins with hook_begin at [\d.]+ ms\nends with hook_end at [\d.]+ ms\n/);
  });

  test("shows the starts that are brushed, or chosen by number", async () => {
    const { page } = opened;
    const figure = page.locator(".trials").first();
    await figure.locator("input[name=from]").fill("100");
    await figure.locator("input[name=to]").fill("120");
    await figure.locator("input[name=to]").blur();
    const byNumber = await figure.locator("tbody tr").count();
    expect(byNumber).toBeGreaterThan(3);
    expect(byNumber).toBeLessThan(22);
    const plot = figure.locator(".picture").first().locator(".background").first();
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    if (box === null) throw new Error("expected a plot to brush");
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await page.waitForFunction(`document.querySelector(".trials tbody").children.length !== ${byNumber}`);
    const rows = await figure.locator("tbody tr td:first-child").allTextContents();
    const [from, to] = [
      await figure.locator("input[name=from]").inputValue(),
      await figure.locator("input[name=to]").inputValue(),
    ];
    expect(Number(from)).toBeGreaterThan(150);
    expect(rows.every((row) => Number(row) >= Number(from) && Number(row) <= Number(to))).toBe(true);
    expect(await figure.locator("output").textContent()).toBe(`${rows.length} starts, the first 40 drawn`);
    expect(await figure.locator(".picture").nth(1).locator(".mark-rect.role-mark path").count()).toBeGreaterThan(40 * 10);
  });

  test("sorts a table by the column whose button is pressed, by keyboard too", async () => {
    const { page } = opened;
    const table = page.locator("#numbers table").first();
    const column = async () => (await table.locator("tbody td:nth-child(11)").allTextContents()).map(Number);
    const header = table.locator("th", { hasText: /^median$/ });
    const before = await column();
    await header.locator("button").focus();
    await page.keyboard.press("Enter");
    expect(await header.getAttribute("aria-sort")).toBe("ascending");
    const ascending = [...before].sort((a, b) => a - b);
    expect(await column()).toEqual(ascending);
    await page.keyboard.press("Enter");
    expect(await header.getAttribute("aria-sort")).toBe("descending");
    expect(await column()).toEqual(ascending.reverse());
    expect(await table.locator("[aria-sort]").count()).toBe(1);
  });

  test("has a place and a reason for what is not drawn, and every link leads somewhere", async () => {
    const { page } = opened;
    const reasons = await page.locator("#figures li").allTextContents();
    expect(reasons.length + (await page.locator("#figures figure").count()) + 1).toBe(FIGURE_NAMES.length);
    const targets = await page.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    for (const target of targets) expect(await page.locator(target).count()).toBe(1);
  });
});

describe.each(["light", "dark"] as const)("in %s colours", (colorScheme) => {
  test("axe finds nothing serious, and the page is of that colour", async () => {
    const { page } = await open({ colorScheme });
    await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
    // Not as an element: the page's policy rightly lets no other script in.
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate<AxeResults>("axe.run()");
    const found = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
    expect(found.filter((line) => /^(serious|critical)/.test(line))).toEqual([]);
    const lightness = Number(/\d+/.exec(await page.evaluate<string>(BACKGROUND))?.[0]);
    if (colorScheme === "dark") expect(lightness).toBeLessThan(64);
    else expect(lightness).toBe(255);
    await page.close();
  });
});

const BACKGROUND = "getComputedStyle(document.documentElement).backgroundColor";

interface AxeResults {
  readonly violations: readonly { id: string; impact: string; nodes: { html: string }[] }[];
}
const axeSource: string = (createRequire(import.meta.url)("axe-core") as { source: string }).source;

test("on paper everything is open, nothing that only works on a screen is left, and dark colours are not used", async () => {
  const { page } = await open({ colorScheme: "dark" });
  await page.emulateMedia({ media: "print" });
  const pdf = await page.pdf({ format: "A4" });
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  expect(await page.locator("nav, #choice, fieldset").filter({ visible: true }).count()).toBe(0);
  expect(await page.evaluate<string>(BACKGROUND)).toBe("rgb(255, 255, 255)");
  await page.evaluate("window.dispatchEvent(new Event('beforeprint')); 0");
  expect(await page.locator("details:not([open])").count()).toBe(0);
  await page.evaluate("window.dispatchEvent(new Event('afterprint')); 0");
  expect(await page.locator("details[open]").count()).toBe(0);
  await page.close();
});

test("on a narrow screen nothing but tables is wider than it", async () => {
  const { page } = await open({ viewport: { width: 360, height: 700 } });
  expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBe(360);
  await page.close();
});
