/**
 * Compiled specification → pictures, without a browser or a font of the machine's: the fonts come with a package, so that the same
 * specification gives the same bytes, also where no font is installed.
 */
import { type Canvas, createCanvas, PDFDocument } from "@napi-rs/canvas";
import * as vega from "vega";
import { type Runtime, resetSVGDefIds, View } from "vega";
import { type CompiledPage, tellingLogger } from "./compile-page.ts";
import { fontFor, lackingIn } from "./fonts.ts";
import { type Chosen, FORMATS, type Format, type Pictures } from "./pictures.ts";
import { encodePng, filterLines } from "./png.ts";
import { bandsOf } from "./raster.ts";
import { textWidth } from "./text-width.ts";

/** As papers ask for, which take what is to be larger from the PDF. */
const PNG_DPI = 300;
/** A CSS pixel is 1/96 inch, a point 1/72. */
const PNG_PX_PER_PX = PNG_DPI / 96;
const POINTS_PER_PX = 72 / 96;
const POINTS_PER_PNG_PX = 72 / PNG_DPI;

type Context = ReturnType<ReturnType<typeof createCanvas>["getContext"]>;

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}

// Without a canvas of its own Vega takes every letter to be 0.8 em wide; for those who know better it lets this be
// replaced, though its types do not say so.
const { textMetrics } = vega as unknown as { textMetrics: { width: (item: TextItem, text: unknown) => number } };
textMetrics.width = ({ fontSize = 11, fontWeight }, text) =>
  textWidth(String(text), fontSize, fontWeight === "bold" ? "bold" : "normal");

/** The PNG is being compressed, which needs no more of Vega and goes on beside it. */
export type Drawn = Omit<Chosen, "png"> & { readonly png?: Promise<Uint8Array> };

export const compressed = async ({ png, ...others }: Drawn): Promise<Chosen> =>
  png === undefined ? others : { ...others, png: await png };

/** As {@link drawPictures}, in every format and whole. */
export const renderPictures = async (page: CompiledPage, warn: (message: string) => void): Promise<Pictures> =>
  (await compressed(await drawPictures(page, FORMATS, warn))) as Pictures;

/**
 * Pictures of a page. Vega lays it out once and draws it twice: into text, and on a canvas that remembers what was drawn until
 * it is put into pixels and on a page.
 * @param warn called with what Vega reports about the specification
 * @throws Error when Vega cannot make sense of it
 */
export async function drawPictures(
  { dataflow, width_px }: CompiledPage,
  formats: readonly Format[],
  warn: (message: string) => void,
): Promise<Drawn> {
  const view = viewOf(dataflow, warn);
  try {
    await view.runAsync();
    const svg = formats.includes("svg") ? { svg: atWidth(await view.toSVG(), width_px) } : {};
    if (!formats.includes("png") && !formats.includes("pdf")) return svg;
    const height = heightOf(view);
    const canvas = createCanvas(Math.round(width_px * PNG_PX_PER_PX), Math.round(height * PNG_PX_PER_PX));
    const context = canvas.getContext("2d");
    // Vega's own background may end half a pixel before the picture does.
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    const text = await drawOn(context, view, PNG_PX_PER_PX);
    const lacking = lackingIn(text);
    if (lacking.length > 0)
      warn(
        `no font of the figures has ${lacking.join(" ")}: a box is drawn instead in PNG and PDF; give the folder another name`,
      );
    return {
      ...svg,
      ...(formats.includes("png") ? { png: encodePng(await linesOf(canvas), canvas.width, canvas.height, PNG_DPI) } : {}),
      ...(formats.includes("pdf") ? { pdf: pdfOf(canvas, width_px * POINTS_PER_PX, height * POINTS_PER_PX) } : {}),
    };
  } finally {
    view.finalize();
  }
}

/** The same as the file's, for a page of HTML. @param warn as of {@link drawPictures} */
export async function renderSvg({ dataflow, width_px }: CompiledPage, warn: (message: string) => void): Promise<string> {
  const view = viewOf(dataflow, warn);
  try {
    return atWidth(await view.toSVG(), width_px);
  } finally {
    view.finalize();
  }
}

function viewOf(dataflow: Runtime, warn: (message: string) => void): View {
  resetSVGDefIds(); // otherwise they are counted on from figure to figure
  return new View(dataflow, { renderer: "none", logger: tellingLogger(warn) });
}

/** @returns all text that was drawn */
async function drawOn(context: Context, view: View, scale: number): Promise<string> {
  let drawn = "";
  context.lang = "en"; // else letters are spaced as in the machine's language
  // Text that is drawn while a dash is set, as Vega leaves it after a dashed line, gets into a PDF as a Type 3 font, which
  // publishers refuse.
  const fillText = context.fillText.bind(context);
  context.fillText = (text, ...place) => {
    context.setLineDash([]);
    context.font = fontFor(text, context.font);
    fillText(text, ...place);
    drawn += text;
  };
  await view.toCanvas(scale, { externalContext: context });
  return drawn;
}

const linesOf = (canvas: Canvas): Promise<Uint8Array> => filterLines(bandsOf(canvas), canvas.width, canvas.height);

function pdfOf(canvas: Canvas, width_pt: number, height_pt: number): Uint8Array {
  const document = new PDFDocument({});
  const page = document.beginPage(width_pt, height_pt) as Context; // whatever its types say
  page.drawCanvas(canvas, 0, 0, canvas.width * POINTS_PER_PNG_PX, canvas.height * POINTS_PER_PNG_PX);
  document.endPage();
  return document.close();
}

/** Of the whole picture, as in Vega's SVG. The height that Vega publishes leaves out axes and titles. */
function heightOf(view: View): number {
  const { _viewHeight } = view as unknown as { readonly _viewHeight: number };
  const { top, bottom } = view.padding() as { readonly top: number; readonly bottom: number };
  return Math.max(0, _viewHeight + top + bottom);
}

/** A figure is laid out for its width, so it is that which counts: Vega's own differs by a pixel or two. */
function atWidth(svg: string, width_px: number): string {
  const size = /^(<svg [^>]*?)width="[\d.]+" height="([\d.]+)" viewBox="0 0 [\d.]+ [\d.]+"/;
  if (!size.test(svg)) throw new Error(`expected an SVG with width, height and viewBox, got ${svg.slice(0, 200)}`);
  return svg
    .replace(size, `$1width="${width_px}" height="$2" viewBox="0 0 ${width_px} $2"`)
    .replace(/<rect width="[\d.]+"/, `<rect width="${width_px}"`); // the background
}
