/** What `analyze` prints where nothing else is asked for: one screen, whatever was measured. */

import { cut } from "../../../research/text/screen/fit.ts";
import { plain } from "../../../research/text/screen/screen.ts";
import { shown } from "../../../research/text/screen/terminal.ts";
import type { AnalysisReport } from "../../summaries/summary.ts";
import { platformScreen } from "./platform-screen.ts";
import { platformsScreen } from "./platforms-screen.ts";
import type { PlatformFacts, ScreenView } from "./screen-view.ts";

/** @param facts of each platform, in their order */
export function analysisScreen({ platforms, unread }: AnalysisReport, facts: readonly PlatformFacts[], view: ScreenView): string {
  const told = platforms.map((platform, index) => [platform, facts[index] as PlatformFacts] as const);
  const [first] = told;
  const unreadLines = unread.slice(0, 2).map(({ platform, reason }) => `  not read: ${plain(platform)}: ${plain(reason)}`);
  const notRead = unreadLines.map((line) => `${shown(cut(line, view.terminal.columns), view.terminal)}\n`).join("");
  if (first === undefined) return notRead;
  return (told.length === 1 ? platformScreen(first[0], first[1], view) : platformsScreen(told, view)) + notRead;
}
