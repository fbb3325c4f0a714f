import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../../scripts/testing/browser.ts";
import { tierbench } from "../../scripts/testing/command.ts";

/** As hostile as a folder's name can be: no slash and no NUL, else anything. */
const LABEL = "<script>window.hacked=1<!-- <img src=x onerror=window.hacked=1> \u2028\"'&";
const CELL = "</script><script>window.hacked=1</script>";
const OURS = "debian12-docker20";
const RESULTS = fileURLToPath(new URL("../../results/", import.meta.url));

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
  // Ours, with a start that failed among the last.
  const failing = join(folder, "failing");
  cpSync(join(RESULTS, OURS), failing, { recursive: true });
  const csv = join(failing, "startup.csv");
  const [columns = "", ...lines] = readFileSync(csv, "utf8").trimEnd().split("\n");
  writeFileSync(csv, `${[columns, ...lines, failedCopy(columns, lines.at(-1) ?? "")].join("\n")}\n`);
  const { code, stdout } = await tierbench(["report", failing, study, "--out", file]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: `${file}\n` });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The next trial, of which nothing was seen. */
function failedCopy(columns: string, line: string): string {
  const names = columns.split(",");
  const kept = new Set([
    "session",
    "block",
    "image",
    "mode",
    "warmup",
    "started_unix_ns",
    "probe",
    "create_sent_ns",
    "clock_error_ns",
    "lost_events",
  ]);
  return line
    .split(",")
    .map((cell, index) => {
      const name = names[index] ?? "";
      if (name === "trial") return String(Number(cell) + 1);
      if (name === "outcome") return "failed";
      return kept.has(name) ? cell : "";
    })
    .join(",");
}

interface Opened {
  readonly page: Page;
  /** What the page should not have said or asked for. */
  readonly complaints: string[];
}

async function open(options: BrowserContextOptions = {}, path = file): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const complaints: string[] = [];
  const url = pathToFileURL(path).href;
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => request.url() !== url && complaints.push(`request: ${request.url()}`));
  await page.goto(url);
  if (options.javaScriptEnabled !== false) await page.waitForSelector("html[data-ready=all]", { state: "attached" });
  return { page, complaints };
}

const bottomOf = async (page: Page, selector: string): Promise<number> => {
  const { y = Number.NaN, height = 0 } = (await page.locator(selector).first().boundingBox()) ?? {};
  return y + height;
};

const openAll = "for (const details of document.querySelectorAll('details')) details.open = true; 0";

describe("the report in a browser", () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
  });

  test("answers on its first screen: sentence, what to do, the waterfall and cautions; everything else is folded", async () => {
    const { page } = opened;
    const answer = page.locator("#answer");
    expect(await answer.locator("li").first().textContent()).toMatch(
      /^debian12-docker20: A warm start of “small” takes \d+ ms .* of it is “network hook”: /,
    );
    expect(await answer.locator(".advice").textContent()).toMatch(/^What to do\. ?(.*: )?Docker 28 /);
    expect(await answer.locator(".cautions").textContent()).toContain("Caution");
    expect(await answer.locator("figure h2").textContent()).toMatch(/^Network hook: \d+ % of a warm start of small/);
    const svg = await answer.locator("svg").first().boundingBox();
    expect(svg?.y).toBeLessThan(700);
    expect(await bottomOf(page, ".cautions")).toBeLessThan(svg?.y as number);
    // What a caution says is read once.
    const cautions = await answer.locator(".cautions li").allTextContents();
    const read = await answer.innerText();
    expect(await answer.locator(".cautions code").first().textContent()).toMatch(/^tierbench platform validate /);
    for (const caution of cautions) expect(read.split(caution.replace(/^.*?\. /, "")).length - 1, caution).toBe(1);
    expect(await page.evaluate<number>("document.documentElement.scrollHeight / innerHeight")).toBeLessThan(10);
    expect(await page.locator("section > details[open]").count()).toBe(0);
  });

  test("opens from disk without a complaint, asks for nothing, and shows text from outside as text", async () => {
    const { page, complaints } = opened;
    expect(complaints).toEqual([]);
    expect(await page.evaluate("'hacked' in window")).toBe(false);
    expect(await page.locator("script").count()).toBe(2);
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator("h1").textContent()).toContain(LABEL.replace("\u2028", "\\u{2028}"));
    expect(await page.locator("#measured tr", { hasText: "engine" }).locator("td", { hasText: CELL }).count()).toBe(1);
    expect(await page.locator("#measured tr", { hasText: "pull" }).locator("td", { hasText: CELL }).count()).toBe(1);
    expect(await page.locator("#figures svg text", { hasText: "<script>" }).count()).toBeGreaterThan(0);
  });

  test("lets nothing become a script: its policy forbids it", async () => {
    const { page, complaints } = opened;
    const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
    expect(policy).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[\w+/=]+'; /);
    // Not by evaluate alone: what the protocol evaluates is let through.
    const refused = await page.evaluate<string>(
      `new Promise((resolve) => {
        document.addEventListener("securitypolicyviolation", ({ blockedURI }) => resolve(blockedURI), { once: true });
        const script = document.createElement("script");
        script.textContent = "window.hacked = 1";
        document.body.append(script);
        script.remove();
      })`,
    );
    expect(refused).toBe("inline");
    expect(await page.evaluate("'hacked' in window")).toBe(false);
    complaints.length = 0; // it complained, as it should
  });

  test("tells a phase in words under the pointer and to the arrow keys, until Escape", async () => {
    const { page } = opened;
    const tooltip = page.locator("#tooltip");
    const hook = /^network hook \(hook, runtime\): median [\d.]+ ms, 95 % CI [\d.]+–[\d.]+$/;
    await page.locator("#answer [data-words^='network hook']").first().hover();
    expect(await tooltip.textContent()).toMatch(hook);
    await page.keyboard.press("Escape");
    expect(await tooltip.isVisible()).toBe(false);
    await page.locator("#answer svg[tabindex]").first().focus();
    await page.keyboard.press("ArrowRight");
    expect(await tooltip.textContent()).toMatch(/^create container \(create_api, daemon\): /);
    for (let phase = 1; phase < 10; phase += 1) await page.keyboard.press("ArrowDown");
    expect(await tooltip.textContent()).toMatch(hook);
    await page.keyboard.press("Escape");
  });

  test("a link opens what is folded, and shows of the other starts the one that is chosen", async () => {
    const { page } = opened;
    await page.locator("nav a[href='#phases']").click();
    const shown = page.locator("#phases .chosen").filter({ visible: true });
    await expect.poll(() => shown.count()).toBe(1); // it is opened once the page has heard of the link
    await page.selectOption("#phases select", { label: "debian12-docker20, large cold" });
    expect(await shown.locator("h3").textContent()).toContain("cold start of large");
    const targets = await page.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    for (const target of targets) expect(await page.locator(target).count()).toBe(1);
  });

  test("finds every start by outcome, rows and block, and rows by a brush in the picture", async () => {
    const { page } = opened;
    await page.locator("nav a[href='#starts']").click();
    const place = page.locator(".starts").first();
    await place.locator("summary").first().click();
    const found = (): Promise<string | null> => place.locator("output").textContent();
    const column = async (index: number): Promise<string[]> =>
      (await place.locator(`tbody td:nth-child(${index})`).allTextContents()).map((text) => text.trim());
    await expect.poll(found).toBe("211 starts, the first 50 listed"); // it is listed once it is opened
    await place.locator("[name=outcome]").selectOption("failed");
    expect(await found()).toBe("1 start");
    expect(await column(3)).toEqual(["failed"]);
    await place.locator("button[type=reset]").click();
    await place.locator("[name=from]").fill("100");
    await place.locator("[name=to]").fill("120");
    const rows = (await column(1)).map(Number);
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.every((row) => row >= 100 && row <= 120)).toBe(true);
    await place.locator("button[type=reset]").click();
    await place.locator("[name=block]").fill("7");
    expect(new Set(await column(5))).toEqual(new Set(["7"]));
    await place.locator("button[type=reset]").click();

    const plot = place.locator("g[class^=rows_] path.background").first();
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    if (box === null) throw new Error("expected the plot to be visible");
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, { steps: 3 });
    await page.mouse.up();
    const [from, to] = [
      Number(await place.locator("[name=from]").inputValue()),
      Number(await place.locator("[name=to]").inputValue()),
    ];
    expect(to - from).toBeGreaterThan(40);
    const brushed = (await column(1)).map(Number);
    expect(brushed.length).toBeGreaterThan(1);
    expect(brushed.every((row) => row >= from && row <= to)).toBe(true);
    expect(new Set(await column(2))).toEqual(new Set(["small warm"]));
  });

  test("searches tables, and sorts one by the column whose button is pressed", async () => {
    const { page } = opened;
    await page.locator("nav a[href='#numbers']").click();
    await page.locator("[data-search=numbers]").fill("medium cold hook");
    const rows = page.locator("#numbers tbody tr").filter({ visible: true });
    expect(await rows.count()).toBeGreaterThan(0);
    for (const text of await rows.allTextContents()) expect(text).toContain("hook");
    await page.locator("[data-search=numbers]").fill("");
    await page.locator("#numbers details.folded > summary").first().click();
    await page.locator("#numbers details.table > summary").first().click();
    const table = page.locator("#numbers table").first();
    const header = table.locator("th", { hasText: /^median$/ });
    const index = await header.evaluate((cell) => [...(cell.parentElement?.children ?? [])].indexOf(cell) + 1);
    const column = async () => (await table.locator(`tbody td:nth-child(${index})`).allTextContents()).map(Number);
    const before = await column();
    await header.locator("button").focus();
    await page.keyboard.press("Enter");
    expect(await header.getAttribute("aria-sort")).toBe("ascending");
    expect(await column()).toEqual([...before].sort((a, b) => a - b));
  });

  test("does all that without a complaint, and no two elements have the same id", async () => {
    expect(opened.complaints).toEqual([]);
    const ids = await opened.page.evaluate<string[]>("[...document.querySelectorAll('[id]')].map(({ id }) => id)");
    expect(new Set(ids).size).toBe(ids.length);
  });
});

/** What colours and widths decide; all else is the same in every one of them, and takes most of the time. */
const SEEN = { runOnly: ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"] };

describe("one page in every colour and width", () => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await open());
    // Not as an element: the page's policy rightly lets no other script in.
    await page.evaluate(axeSource);
  });
  afterAll(() => page.close());

  test.each([
    ["light", 1280, {}],
    ["light", 390, SEEN],
    ["dark", 390, SEEN],
    ["dark", 1280, SEEN],
  ] as const)(
    "in %s colours at %d px axe finds nothing, nothing is wider than the screen, and the pictures are of that colour",
    async (colorScheme, width, rules) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 844 });
      await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = false; 0");
      expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBe(width);
      await page.evaluate(openAll);
      expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBe(width);
      const options = JSON.stringify({ resultTypes: ["violations"], ...rules });
      const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${options})`);
      expect(
        violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`),
      ).toEqual([]);
      const [paper, ink] = await page.evaluate<[string, string]>(
        "[getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.querySelector('svg text')).fill]",
      );
      const lightness = (colour: string): number => Number(/\d+/.exec(colour)?.[0]);
      if (colorScheme === "dark") expect([lightness(paper) < 64, lightness(ink) > 192]).toEqual([true, true]);
      else expect([lightness(paper), lightness(ink) < 64]).toEqual([255, true]);
    },
  );

  test("on paper everything is open, nothing that only works on a screen is left, nothing is wider, and dark colours are not used", async () => {
    // 180 mm: A4 without the margins.
    await page.setViewportSize({ width: 680, height: 960 });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = false; 0");
    await page.evaluate("window.dispatchEvent(new Event('beforeprint')); 0");
    expect(await page.locator("details:not([open])").count()).toBe(0);
    expect(await page.locator("nav, fieldset, .search").filter({ visible: true }).count()).toBe(0);
    expect(await page.evaluate<string>("getComputedStyle(document.documentElement).backgroundColor")).toBe("rgb(255, 255, 255)");
    const beyond = await page.evaluate<string[]>(
      `[...document.querySelectorAll("main :not(svg *)")]
      .filter((each) => each.getBoundingClientRect().right > 692.5)
      .map((each) => each.outerHTML.slice(0, 100))`,
    );
    expect(beyond).toEqual([]);
    await page.evaluate("window.dispatchEvent(new Event('afterprint')); 0");
    expect(await page.locator("details[open]").count()).toBe(0);
  });
});

interface AxeResults {
  readonly violations: readonly { id: string; impact: string; nodes: { html: string }[] }[];
}
const axeSource: string = (createRequire(import.meta.url)("axe-core") as { source: string }).source;

test("without JavaScript all pictures and tables are there", async () => {
  const { page } = await open({ javaScriptEnabled: false });
  expect(await page.locator("main figure svg").count()).toBeGreaterThan(5);
  expect(await page.locator("#numbers tbody tr").count()).toBeGreaterThan(50);
  expect(await page.locator("form, .search, .choice").filter({ visible: true }).count()).toBe(0);
  await page.close();
});

test("six platforms stay below 1.5 MB and ten screens", async () => {
  const six = join(folder, "six.html");
  const copies = Array.from({ length: 5 }, (_, index) => {
    const copy = join(folder, `copy-${index}`);
    cpSync(join(RESULTS, OURS), copy, { recursive: true });
    const manifest = join(copy, "platform.json");
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace(`"${OURS}"`, `"copy-${index}"`));
    return copy;
  });
  expect((await tierbench(["report", "debian12-docker20-suite", ...copies, "--out", six])).code).toBe(0);
  expect(statSync(six).size).toBeLessThan(1_500_000);
  const { page, complaints } = await open({}, six);
  expect(await page.evaluate<number>("document.documentElement.scrollHeight / innerHeight")).toBeLessThan(10);
  // Answer, what to do, cautions and where the picture begins are one screen, and what all copies have is said once.
  expect(await bottomOf(page, ".cautions")).toBeLessThan(600);
  expect((await page.locator("#answer svg").nth(1).boundingBox())?.y).toBeLessThan(700);
  // As on the other screens, in whatever order the first block had them.
  for (const sentence of await page.locator("#answer ul:not(.answer) > li", { hasText: "ratio" }).allTextContents())
    expect(sentence).toContain("small warm");
  expect(await page.locator(".cautions li").first().textContent()).toMatch(
    /debian12-docker20-suite, copy-0, .*copy-4: cold starts/,
  );
  expect(complaints).toEqual([]);
  await page.close();
});
