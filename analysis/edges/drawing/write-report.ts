/** The report as a file. */
import { basename, dirname } from "node:path";
import { type ReportInput, reportPage } from "../../report/page.ts";
import { compilePage } from "./compile-page.ts";
import { renderSvg } from "./render.ts";
import { reportAssets } from "./report-assets.ts";
import { writeFiles } from "./write.ts";

/**
 * Written whole or not at all.
 * @returns its path
 * @throws Error when it cannot be written there
 */
export async function writeReportFile(out: string, input: ReportInput, warn: (message: string) => void): Promise<string> {
  const page = await reportPage(input, reportAssets(), (picture) => renderSvg(compilePage(picture, warn), warn));
  return writeFiles(dirname(out), { [basename(out)]: page })[0] as string;
}
