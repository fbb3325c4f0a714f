import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import type { ExperimentName } from "../../research/protocol.ts";
import { compilePage } from "../edges/drawing/compile-page.ts";
import { renderPictures, renderSvg } from "../edges/drawing/render.ts";
import { pageName, renderFigure } from "../edges/drawing/render-figure.ts";
import { readPlatforms } from "../edges/reading/read-results.ts";
import { committedResults, toolVersion } from "../edges/repository.ts";
import type { Subject } from "../subjects/subject.ts";
import { toSubject } from "../subjects/to-subject.ts";
import { paperData } from "../testing/paper-data.ts";
import { stopCsv, UNWATCHED_STOP_MS, WHOLE_STOP_MS } from "../testing/stop-rows.ts";
import { studyCsv } from "../testing/study-rows.ts";
import { exampleSubjects, fileOf, subjectOf } from "../testing/subjects.ts";
import { collisions, placedTexts } from "../testing/svg-texts.ts";
import { variantsSubject } from "../testing/variants.ts";
import { fileOfWhy, slower } from "../testing/why-rows.ts";
import { FIGURE_NAMES, FIGURES, type FigureName } from "./catalogue.ts";
import { MOST_HEIGHT_PX, PAGE_PX } from "./parts/theme.ts";

vi.setConfig({ testTimeout: 60_000 });

const read = (folders: readonly string[]): Subject[] =>
  [
    ...readPlatforms(folders, { resultsFolder: committedResults(), toolVersion: toolVersion(), withPaths: true }, (_, error) => {
      throw error;
    }),
  ].map(toSubject);

const LONG = "a-rather-long-label-of-a-platform-as-it-may-be-given-by-some";
const ALIKE = "aws-eu-west-1-c5-2xlarge-ami-ubuntu-24-04-repN-docker-28-5-and-more-of-it-than-fits-into-a-column";
const PAPER = ["azure-premium-ssd", "azure-standard-hdd", "macos-docker-desktop"];
/** A platform with startup alone, and one with every experiment. Their figures are committed. */
const STARTS = "debian12-docker20";
const WHOLE_SUITE = "debian12-docker20-suite";

interface Case {
  readonly subjects: () => readonly Subject[];
  readonly drawn: readonly FigureName[];
  /** The folder of paper-figures/ where they are. */
  readonly committed?: string;
  /** Letters that not every font has: whether the pictures' have them is seen when these are drawn. */
  readonly inOtherScripts?: true;
}

const VARIANTS = { base: 1, "network-host": 0.6, "a-variant-with-a-name-as-long-as-a-sentence": 1.02, init: 1.2 };
const IMAGES = ["small", "large"];

const CASES: readonly (readonly [what: string, of: Case])[] = [
  [
    "the committed platform of starts",
    {
      subjects: () => read([STARTS]),
      drawn: [
        ...(["warm-start-latency", "start-distribution", "startup-tiers", "start-timeline"] as const),
        ...(["phase-shares", "causes-of-time", "critical-path", "collection-order"] as const),
      ],
      committed: STARTS,
    },
  ],
  [
    "the committed platform of every experiment",
    {
      subjects: () => read([WHOLE_SUITE]),
      drawn: FIGURE_NAMES.filter((name) => !["platform-ratios", "network-target", "variant-differences"].includes(name)),
      committed: WHOLE_SUITE,
    },
  ],
  [
    "platforms with long labels, one without a kernel probe",
    {
      subjects: () => [...exampleSubjects(["here", LONG]), ...exampleSubjects([`${LONG.slice(0, 57)}-other`], "events")],
      drawn: [
        ...(["warm-start-latency", "start-distribution", "startup-tiers", "start-timeline", "phase-shares"] as const),
        ...(["platform-ratios", "collection-order"] as const),
      ],
    },
  ],
  [
    "platforms that were split by cause",
    {
      subjects: () =>
        [LONG, "there"].map((label, index) =>
          subjectOf([], label, [fileOfWhy([[1, 1.02, 0.98, 1.05, 0.97].map((factor) => slower(factor * (1 + index)))])]),
        ),
      drawn: ["causes-of-time", "critical-path", "platform-ratios"],
    },
  ],
  [
    "platforms whose containers were stopped, one without a kernel probe",
    {
      subjects: () =>
        [LONG, `${LONG.slice(0, 57)}-other`].map((label, index) =>
          subjectOf([], label, [fileOf("stop", stopCsv(index === 0 ? WHOLE_STOP_MS : UNWATCHED_STOP_MS))]),
        ),
      drawn: ["stop-phases", "platform-ratios"],
    },
  ],
  [
    "platforms measured as the study was",
    {
      subjects: () =>
        [LONG, "there"].map((label, index) =>
          subjectOf(
            [],
            label,
            Object.entries(studyCsv(1 + index)).map(([name, csv]) => fileOf(name as ExperimentName, csv)),
          ),
        ),
      drawn: ["docker-run", "study-dimensions", "docker-pull", "platform-ratios"],
    },
  ],
  [
    "platforms with labels that differ in one character, or in other scripts",
    {
      subjects: () =>
        exampleSubjects([
          ALIKE.replace("N", "1"),
          ALIKE.replace("N", "2"),
          "東京リージョンの速いサーバー-一号機-長い名前",
          "שרת",
          "خادم🚀",
        ]),
      drawn: [
        ...(["warm-start-latency", "start-distribution", "startup-tiers", "start-timeline", "phase-shares"] as const),
        ...(["platform-ratios", "collection-order"] as const),
      ],
      inOtherScripts: true,
    },
  ],
  [
    "variants, one with a long name, of two images",
    {
      subjects: () => [variantsSubject("here", VARIANTS, IMAGES), variantsSubject(LONG, VARIANTS, IMAGES)],
      drawn: [
        ...(["warm-start-latency", "start-distribution", "startup-tiers", "start-timeline", "phase-shares"] as const),
        ...(["variant-differences", "platform-ratios", "collection-order"] as const),
      ],
    },
  ],
  ...(paperData === undefined
    ? []
    : [
        [
          "the study's platforms",
          {
            subjects: () => read(PAPER.map((platform) => `${paperData}/${platform}`)),
            drawn: [
              ...(["warm-start-latency", "start-distribution", "cpu-throttling", "write-performance"] as const),
              ...(["network-latency", "pull-time", "copy-up", "metadata-operations", "namespace-creation"] as const),
              ...(["memory-sharing", "platform-ratios", "collection-order"] as const),
            ],
          },
        ] as const,
      ]),
];

describe.each(CASES)("%s", (_what, { subjects: subjectsOf, drawn, committed, inOtherScripts }) => {
  const subjects = subjectsOf();
  const drawings = FIGURE_NAMES.map((name) => [name, FIGURES[name](subjects)] as const);

  test("have the figures for which they have data, and a reason for each of the others", () => {
    expect(drawings.flatMap(([name, drawing]) => ("absent" in drawing ? [] : [name]))).toEqual(drawn);
    for (const [, drawing] of drawings) if ("absent" in drawing) expect(drawing.absent).not.toBe("");
  });

  // What is committed was drawn by another process: that it is the same says that a drawing depends on its data alone. If
  // it should have changed, draw it again: `tierbench figures` in the repository.
  test.each(drawn)("%s: no text is cut or stands on another, nothing is odd, and it is what is committed", async (name) => {
    const drawing = FIGURES[name](subjects);
    if ("absent" in drawing) throw new Error(drawing.absent);
    const warnings: string[] = [];
    const warn = (message: string): void => void warnings.push(message);
    const files =
      committed === undefined && !inOtherScripts ? undefined : await renderFigure(name, drawing, renderPictures, warn);

    for (const [index, page] of drawing.pages.entries()) {
      const { width_px } = page;
      const svg =
        files === undefined ? await renderSvg(compilePage(page, warn), warn) : (files[`${pageName(name, index)}.svg`] as string);
      const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg)?.map(Number) ?? [];
      expect(width).toBe(width_px);
      expect([PAGE_PX.one, PAGE_PX.two]).toContain(width);
      expect(height).toBeLessThanOrEqual(MOST_HEIGHT_PX);
      const texts = placedTexts(svg);
      expect(texts.length).toBeGreaterThan(5);
      const cut = texts.filter(
        ({ left, right, top, bottom }) => left < 0 || right > width_px || top < 0 || bottom > (height as number),
      );
      expect(cut).toEqual([]);
      expect(collisions(texts)).toEqual([]);
      // Wherever one of two labels that look alike appears, it is marked.
      for (const { text } of texts.filter(({ text }) => text.includes("aws-"))) {
        const whole = text.split(" / ").filter((name) => name.includes("aws-"));
        for (const name of whole) expect(name).toMatch(/rep[12]/);
      }
    }

    expect(warnings).toEqual([]);
    expect(drawing.caption.replaceAll("\u00a0", " ")).toMatch(/n = \d/);
    expect(drawing.caption).toMatch(/95.%.confidence interval/);

    if (files === undefined) return;
    const caption = (files[`${name}.caption.txt`] as string).trimEnd();
    expect(caption.startsWith(`${drawing.title}. `)).toBe(true);
    expect(caption).not.toContain("\n");
    expect(files[`${name}.tex`]).toContain("\\toprule");
    expect(files[`${name}.tex`]).toContain("\\caption{");
    expect(files[`${name}.tex`]).toContain(`{${name}.pdf}`);

    if (committed === undefined) return;
    for (const [file, content] of Object.entries(files)) {
      if (/\.(png|pdf)$/.test(file)) continue;
      const before = readFileSync(new URL(`../../paper-figures/${committed}/${file}`, import.meta.url), "utf8");
      expect(content === before, `${file} is the same`).toBe(true);
    }
  });
});

test("a PDF is vector, has its font in it and no date", async () => {
  const drawing = FIGURES["startup-tiers"](exampleSubjects());
  if ("absent" in drawing) throw new Error(drawing.absent);
  const pdf = Buffer.from((await renderFigure("x", drawing, renderPictures, () => {}))["x.pdf"] as Uint8Array).toString("latin1");
  expect(pdf).toMatch(/^%PDF-1/);
  expect(pdf).toMatch(/\/MediaBox \[0 0 252 /); // 3.5 inches
  expect(pdf).toMatch(/\/FontName \/\w+\+DejaVuSansCondensed\b/);
  expect(pdf).toContain("/FontFile2");
  expect(pdf).not.toMatch(/\/Subtype \/Image/);
  expect(pdf).not.toContain("CreationDate");
  const streams = [...pdf.matchAll(/\/Filter \/FlateDecode[^>]*>> stream\n([\s\S]*?)\nendstream/g)].map(([, data = ""]) =>
    inflateSync(Buffer.from(data, "latin1")).toString("latin1"),
  );
  expect(streams.some((stream) => /\d l\n/.test(stream) && /TJ|Tj/.test(stream))).toBe(true);
});
