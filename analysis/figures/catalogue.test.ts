import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { renderFigure } from "../edges/drawing/render-figure.ts";
import { readPlatforms } from "../edges/reading/read-results.ts";
import { defaultResultsFolder, toolVersion } from "../edges/repository.ts";
import type { Subject } from "../subjects/measurement.ts";
import { toSubject } from "../subjects/subject.ts";
import { paperData } from "../testing/paper-data.ts";
import { exampleSubjects } from "../testing/subjects.ts";
import { collisions, placedTexts } from "../testing/svg-texts.ts";
import { FIGURE_NAMES, FIGURES, type FigureName } from "./catalogue.ts";
import { COLUMN_PX } from "./parts/theme.ts";

vi.setConfig({ testTimeout: 60_000 });

const read = (folders: readonly string[]): Subject[] =>
  [
    ...readPlatforms(folders, { resultsFolder: defaultResultsFolder(), toolVersion: toolVersion() }, (_, error) => {
      throw error;
    }),
  ].map(toSubject);

const LONG = "a-rather-long-label-of-a-platform-as-it-may-be-given-by-some";
const PAPER = ["azure-premium-ssd", "azure-standard-hdd", "macos-docker-desktop"];
/** Of which startup alone was measured, and of which every experiment was; the folder of paper-figures/ that they are in. */
const STARTUP_ONLY = "debian12-docker20";
const WHOLE_SUITE = "debian12-docker20-suite";
const COMMITTED = { [STARTUP_ONLY]: "", [WHOLE_SUITE]: `${WHOLE_SUITE}/` } as const;

const SUBJECTS: readonly (readonly [what: string, subjects: () => readonly Subject[], drawn: readonly FigureName[]])[] = [
  [
    "the committed platform of starts",
    () => read([STARTUP_ONLY]),
    ["warm-start-latency", "start-distribution", "startup-tiers", "start-timeline", "phase-shares", "collection-order"],
  ],
  [
    "the committed platform of every experiment",
    () => read([WHOLE_SUITE]),
    FIGURE_NAMES.filter((name) => name !== "platform-ratios" && name !== "network-target"),
  ],
  [
    "platforms with long labels, one without a kernel probe",
    () => [...exampleSubjects(["here", LONG]), ...exampleSubjects([`${LONG.slice(0, 57)}-other`], "events")],
    [
      ...(["warm-start-latency", "start-distribution", "startup-tiers", "start-timeline", "phase-shares"] as const),
      ...(["platform-ratios", "collection-order"] as const),
    ],
  ],
  ...(paperData === undefined
    ? []
    : [
        [
          "the study's platforms",
          () => read(PAPER.map((platform) => `${paperData}/${platform}`)),
          [
            ...(["warm-start-latency", "start-distribution", "cpu-throttling", "write-performance", "network-latency"] as const),
            ...(["pull-time", "copy-up", "metadata-operations", "namespace-creation", "memory-sharing"] as const),
            ...(["platform-ratios", "collection-order"] as const),
          ],
        ] as const,
      ]),
];

describe.each(SUBJECTS)("%s", (_what, subjectsOf, drawn) => {
  const subjects = subjectsOf();
  const drawings = FIGURE_NAMES.map((name) => [name, FIGURES[name](subjects)] as const);

  test("have the figures for which they have data, and a reason for each of the others", () => {
    expect(drawings.flatMap(([name, drawing]) => ("absent" in drawing ? [] : [name]))).toEqual(drawn);
    for (const [, drawing] of drawings) if ("absent" in drawing) expect(drawing.absent).not.toBe("");
  });

  test.each(drawn)("%s: no text is cut or stands on another, nothing is odd, and all files are the same again", async (name) => {
    const drawing = FIGURES[name](subjects);
    if ("absent" in drawing) throw new Error(drawing.absent);
    const warnings: string[] = [];
    const files = await renderFigure(name, drawing, (message) => warnings.push(message));
    expect(warnings).toEqual([]);

    const svg = files[`${name}.svg`] as string;
    const height = Number(/height="([\d.]+)"/.exec(svg)?.[1]);
    const texts = placedTexts(svg);
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.filter(({ left, right, top, bottom }) => left < 0 || right > COLUMN_PX || top < 0 || bottom > height)).toEqual(
      [],
    );
    expect(collisions(texts)).toEqual([]);

    const subtitle = (drawing.spec.title as { subtitle: string[] }).subtitle.join(" ").replaceAll("\u00a0", " ");
    expect(subtitle).toMatch(/n = \d/);
    expect(subtitle).toMatch(/95 % confidence interval/);
    expect(files[`${name}.tex`]).toContain("\\toprule");

    const again = await renderFigure(name, FIGURES[name](subjectsOf()) as typeof drawing, () => {});
    for (const [file, content] of Object.entries(files))
      expect(Buffer.from(again[file] as string).equals(Buffer.from(content as string)), file).toBe(true);
  });
});

describe.each(Object.entries(COMMITTED))("paper-figures/ of %s", (platform, folder) => {
  const drawings = FIGURE_NAMES.flatMap((name) => {
    const drawing = FIGURES[name](read([platform]));
    return "absent" in drawing ? [] : [[name, drawing] as const];
  });

  test.each(drawings)("%s is what the committed data gives; else draw it again with tierbench figures", async (name, drawing) => {
    const files = await renderFigure(name, drawing, () => {});
    for (const kind of ["vl.json", "svg", "tex"]) {
      const committed = readFileSync(new URL(`../../paper-figures/${folder}${name}.${kind}`, import.meta.url), "utf8");
      expect(files[`${name}.${kind}`] === committed, `${name}.${kind} is the same`).toBe(true);
    }
  });
});

test("a PDF is vector, has its font in it and no date", async () => {
  const drawing = FIGURES["startup-tiers"](exampleSubjects());
  if ("absent" in drawing) throw new Error(drawing.absent);
  const pdf = Buffer.from((await renderFigure("x", drawing, () => {}))["x.pdf"] as Uint8Array).toString("latin1");
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
