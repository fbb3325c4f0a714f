import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../../scripts/testing/browser.ts";
import { tierbench } from "../../scripts/testing/command.ts";
import { FIGURE_NAMES } from "../figures/catalogue.ts";
import { TIER_COLOURS } from "../figures/parts/theme.ts";

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
  writeFileSync(join(study, "platform-info.txt"), `--- Docker ---\n${CELL}\noverlay2\n`);
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

const HOOK = /^hook \(runtime\): [\d.]+ ms\nbegins with hook_begin at [\d.]+ ms\nends with hook_end at [\d.]+ ms\n/;

const plotOf = (figure: Locator): Locator => figure.locator(".order .background").first();
const chosenRows = async (figure: Locator): Promise<number[]> =>
  (await figure.locator("tbody td:first-child").allTextContents()).map(Number);

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error("expected it to be visible");
  return box;
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
    expect(await page.locator("script").count()).toBe(2);
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator("h1").textContent()).toContain(LABEL.replace("\u2028", "\\u{2028}"));
    expect(await page.locator("#measured tr", { hasText: "engine" }).locator("td", { hasText: CELL }).count()).toBe(1);
    expect(await page.locator("#measured tr", { hasText: "pull" }).locator("td", { hasText: CELL }).count()).toBe(1);
    expect(await page.locator("#figures svg text", { hasText: "<script>" }).count()).toBeGreaterThan(0);
  });

  test("lets nothing become a script: its policy forbids it, and its pictures do without", async () => {
    const policy = await opened.page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
    expect(policy).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[\w+/=]+'; /);
    // Not by evaluate alone: what the protocol evaluates is let through.
    const refused = await opened.page.evaluate<string>(
      `new Promise((resolve) => {
        document.addEventListener("securitypolicyviolation", ({ blockedURI }) => resolve(blockedURI), { once: true });
        const script = document.createElement("script");
        script.textContent = "window.hacked = 1";
        document.body.append(script);
        script.remove();
      })`,
    );
    expect(refused).toBe("inline");
    expect(await opened.page.evaluate("'hacked' in window")).toBe(false);
    opened.complaints.length = 0; // it complained, as it should
  });

  test("names the largest phase of a start, and its share", async () => {
    const answer = await opened.page.locator("#answer li").first().textContent();
    expect(answer).toMatch(/the largest phase is hook, \d\d\.\d % of the time \(95 % CI \d\d\.\d–\d\d\.\d\)\./);
    const share = /hook, ([\d.]+) %/.exec(answer ?? "")?.[1];
    const table = opened.page.locator("#numbers .scroll", { hasText: "small, warm (tracefs): tiers and phases" });
    expect(await table.locator("tr", { hasText: "hook" }).locator("td").nth(4).textContent()).toBe(share);
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

  test("tells a phase's milestones and times under the pointer, until Escape", async () => {
    const { page } = opened;
    const hook = page.locator(".condition:not([hidden]) .mark-rect.role-mark path[aria-label*='phase: hook']").first();
    await hook.hover();
    const tooltip = page.locator("#tooltip");
    expect(await tooltip.textContent()).toMatch(HOOK);
    await page.keyboard.press("Escape");
    expect(await tooltip.isVisible()).toBe(false);
  });

  test("tells it to the arrow keys as well", async () => {
    const { page } = opened;
    const tooltip = page.locator("#tooltip");
    await page.locator(".condition:not([hidden]) .picture").first().focus();
    await page.keyboard.press("ArrowRight");
    expect(await tooltip.textContent()).toMatch(/^create_api \(daemon\): [\d.]+ ms\nbegins with create_sent at 0 ms\n/);
    for (let phase = 1; phase < 10; phase += 1) await page.keyboard.press("ArrowDown");
    expect(await tooltip.textContent()).toMatch(HOOK);
    await page.keyboard.press("Tab");
    expect(await tooltip.isVisible()).toBe(false);
  });

  test("says of a median what its interval is, and nothing of the layout", async () => {
    const { page } = opened;
    await page.locator("#figures figure").first().locator(".mark-rule.role-mark line").first().hover({ force: true });
    expect(await page.locator("#tooltip").textContent()).toMatch(/^name: .+\nn: \d+\nmedian: [\d.]+\n95 % CI: [\d.]+ to [\d.]+$/);
  });

  test("shows the starts whose rows are typed, and brushes them", async () => {
    const { page } = opened;
    const figure = page.locator(".trials").first();
    await figure.locator("input[name=from]").fill("100");
    await figure.locator("input[name=to]").fill("120");
    await figure.locator("input[name=to]").blur();
    const rows = await chosenRows(figure);
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.every((row) => row >= 100 && row <= 120)).toBe(true);
    expect(await figure.locator("output").textContent()).toBe(`${rows.length} starts`);
    // Just the dots of these rows come to lie under the brush.
    const dots = await page.evaluate<number[]>(
      `[...document.querySelectorAll(".trials")][0].querySelectorAll(".order .mark-symbol.role-mark path").values()
        .map((dot) => dot.getBoundingClientRect()).map(({ left, right }) => (left + right) / 2).toArray()`,
    );
    expect(dots.length).toBeGreaterThan(200);
    const brushed = async (): Promise<number> => {
      const { x, width } = await boxOf(figure.locator(".brush_brush path"));
      return dots.filter((dot) => dot > x && dot < x + width).length;
    };
    await expect.poll(brushed).toBe(rows.length);
  });

  test("what is typed stays among the rows that there are, in either order", async () => {
    const figure = opened.page.locator(".trials").first();
    const [from, to] = [figure.locator("input[name=from]"), figure.locator("input[name=to]")];
    const type = async (input: Locator, text: string): Promise<string> => {
      await input.fill(text);
      await input.blur();
      return input.inputValue();
    };
    expect(await type(to, "99999")).toBe(await to.getAttribute("max"));
    expect(await type(from, "")).toBe(await from.getAttribute("min"));
    await type(from, "120");
    await type(to, "100");
    const rows = await chosenRows(figure);
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.every((row) => row >= 100 && row <= 120)).toBe(true);
  });

  test("shows the starts that are brushed, and their rows as numbers", async () => {
    const { page } = opened;
    const figure = page.locator(".trials").first();
    const plot = plotOf(figure);
    await plot.scrollIntoViewIfNeeded();
    const box = await boxOf(plot);
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => figure.locator("output").textContent()).toMatch(/starts, the first 40 drawn$/);
    const [from, to] = [
      Number(await figure.locator("input[name=from]").inputValue()),
      Number(await figure.locator("input[name=to]").inputValue()),
    ];
    expect(from).toBeGreaterThan(150);
    expect(to).toBeGreaterThan(from + 50);
    const rows = await chosenRows(figure);
    expect(rows.every((row) => row >= from && row <= to)).toBe(true);
    expect(await figure.locator("output").textContent()).toBe(`${rows.length} starts, the first 40 drawn`);
    await expect.poll(() => figure.locator(".phases .mark-rect.role-mark path").count()).toBeGreaterThan(40 * 10);
    // A click brushes nothing: what was brushed stays.
    await page.mouse.click(box.x + box.width * 0.2, box.y + box.height / 2);
    await expect.poll(async () => (await boxOf(figure.locator(".brush_brush path"))).width).toBeGreaterThan(box.width * 0.3);
    expect(await chosenRows(figure)).toEqual(rows);
  });

  test("tells of a start that lies under the brush", async () => {
    const { page } = opened;
    const figure = page.locator(".trials").first();
    const dot = figure.locator(".order .mark-symbol.role-mark path").nth(120);
    const { x, y, width, height } = await boxOf(dot);
    await page.mouse.move(x + width / 2, y + height / 2);
    expect(await page.locator("#tooltip").textContent()).toMatch(/^row: \d+\ncondition: \w+ \w+\ntotal \(ms\): [\d.]+$/);
    await page.mouse.move(0, 0);
  });

  test("starts that are not split have no phases drawn", async () => {
    const figure = opened.page.locator(".trials").nth(1);
    expect(await figure.locator(".phases").count()).toBe(0);
    expect(await chosenRows(figure)).toHaveLength(12);
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
    await page.keyboard.press("Enter");
    expect(await column()).toEqual(before);
    expect(await table.locator("[aria-sort]").count()).toBe(0);
  });

  test("other starts are chosen: the table stays sorted as it was", async () => {
    const { page } = opened;
    const figure = page.locator(".trials").first();
    await figure.locator("summary").click();
    const header = figure.locator("th", { hasText: "total" });
    await header.locator("button").click();
    await figure.locator("input[name=to]").fill("100");
    await figure.locator("input[name=to]").blur();
    await figure.locator("input[name=from]").fill("50");
    await figure.locator("input[name=from]").blur();
    const totals = (await figure.locator("tbody td:nth-child(3)").allTextContents()).map(Number);
    expect(totals.length).toBeGreaterThan(10);
    expect(totals).toEqual([...totals].sort((a, b) => a - b));
    await figure.locator("summary").click();
  });

  test("does all that without a complaint", () => {
    expect(opened.complaints).toEqual([]);
  });

  test("has a place and a reason for what is not drawn, and every link leads somewhere", async () => {
    const { page } = opened;
    const reasons = await page.locator("#figures > ul > li").allTextContents();
    expect(reasons.length + (await page.locator("#figures figure").count()) + 1).toBe(FIGURE_NAMES.length);
    const tiers = page.locator("#figures figure", { hasText: "Where a container's start time goes" });
    expect(await tiers.locator("figcaption").textContent()).not.toContain("Not drawn");
    expect(await tiers.locator("details li").textContent()).toContain("no start was split into tiers");
    const targets = await page.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    for (const target of targets) expect(await page.locator(target).count()).toBe(1);
  });
});

test("every picture and whatever else can be used is reached by Tab, in the order of the page", async () => {
  const { page } = await open();
  const usable = await page.evaluate<string[]>(
    `[...document.querySelectorAll("a[href], button, input, select, summary, .picture, .scroll, pre")]
      .filter((each) => each.checkVisibility())
      .map((each) => each.outerHTML.slice(0, 300))`,
  );
  const reached: string[] = [];
  for (const _ of usable) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate<string>("document.activeElement.outerHTML.slice(0, 300)"));
  }
  expect(usable.length).toBeGreaterThan(100);
  expect(reached).toEqual(usable);
  await page.close();
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

test("tiers have the same colours in the light and in the dark, on white paper", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    const { page } = await open({ colorScheme });
    const picture = `document.querySelector(".condition:not([hidden]) .picture")`;
    const styleOf = (element: string, property: string): Promise<string> =>
      page.evaluate<string>(`getComputedStyle(${element}).${property}`);
    for (const colour of Object.values(TIER_COLOURS)) {
      expect(await styleOf(`${picture}.querySelector('.mark-rect.role-mark path[fill="${colour}"]')`, "fill")).toBe(rgb(colour));
    }
    expect(await styleOf(picture, "backgroundColor")).toBe("rgb(255, 255, 255)");
    // Nothing between a mark and the screen changes it.
    const filtered = await page.evaluate<number>(
      `[...document.querySelectorAll("*")].filter((each) => getComputedStyle(each).filter !== "none").length`,
    );
    expect(filtered).toBe(0);
    await page.close();
  }
});

const rgb = (hex: string): string => `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(", ")})`;

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

test("on paper a picture stands whole on the page of its caption", async () => {
  const { page } = await open();
  // What is linked to within a file has its page and place in the PDF.
  const marked = await page.evaluate<string[]>(`[...document.querySelectorAll("figure")].flatMap((figure, index) => {
    if (figure.closest("[hidden]") !== null) return [];
    const parts = [["caption", figure.querySelector("figcaption")]];
    for (const [place, picture] of figure.querySelectorAll(".picture").entries()) {
      const end = document.createElement("div");
      end.style.height = "1px";
      picture.append(end);
      parts.push(["begin" + place, picture], ["end" + place, end]);
    }
    return parts.map(([part, element]) => {
      element.id = "figure" + index + part;
      const link = document.createElement("a");
      link.href = "#" + element.id;
      link.textContent = "link";
      document.body.append(link);
      return element.id;
    });
  })`);
  const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
  await page.close();
  const pageOf = new Map([...pdf.matchAll(/^(?:<<)?\/(figure\d\w+) \[(\d+) 0 R \/XYZ/gm)].map(([, id, object]) => [id, object]));
  expect([...pageOf.keys()].sort()).toEqual([...marked].sort());
  const pagesOf = new Map<string, Set<string | undefined>>();
  for (const [id, object] of pageOf) {
    const figure = id?.replace(/(caption|begin|end)\d*$/, "") ?? "";
    pagesOf.set(figure, (pagesOf.get(figure) ?? new Set()).add(object));
  }
  expect(pagesOf.size).toBeGreaterThan(5);
  expect([...pagesOf].filter(([, pages]) => pages.size > 1)).toEqual([]);
});

test("on paper nothing is wider than it", async () => {
  // 180 mm: A4 without the margins.
  const { page } = await open({ viewport: { width: 680, height: 960 } });
  await page.emulateMedia({ media: "print" });
  await page.evaluate("window.dispatchEvent(new Event('beforeprint')); 0");
  const beyond = await page.evaluate<string[]>(
    `[...document.querySelectorAll("body *")]
      .filter((each) => each.getBoundingClientRect().right > 680.5 || each.scrollWidth > each.clientWidth && getComputedStyle(each).overflowX !== "visible")
      .map((each) => each.outerHTML.slice(0, 100))`,
  );
  expect(beyond).toEqual([]);
  await page.close();
});

test("on a narrow screen nothing but tables is wider than it", async () => {
  const { page } = await open({ viewport: { width: 360, height: 700 } });
  expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBe(360);
  await page.close();
});
