/** Several platforms on one screen: a row each, of the same condition where they have it. */

import type { PhaseName } from "../../../research/phases.ts";
import { phaseWords } from "../../../research/text/phase-words.ts";
import { hanging } from "../../../research/text/screen/fit.ts";
import { atMost, joined, plain, renderScreen } from "../../../research/text/screen/screen.ts";
import { fitted } from "../../../research/text/screen/table.ts";
import { interval, MISSING, ms, roundPct } from "../../samples/numbers.ts";
import { levelOf } from "../../summaries/described.ts";
import type { PlatformSummary } from "../../summaries/summary.ts";
import { phasesOf } from "../analysis/parts.ts";
import { axis, bar, LEGEND, TIER_BAR, tierShares } from "./bars.ts";
import type { ConditionRow } from "./condition-rows.ts";
import type { PlatformFacts, ScreenView } from "./screen-view.ts";
import { mainRows, startNamed } from "./verdict.ts";

interface PlatformRow {
  readonly platform: PlatformSummary;
  readonly facts: PlatformFacts;
  readonly row: ConditionRow | undefined;
}

const MOST_ROWS = 20;

/** @param platforms two at least */
export function platformsScreen(
  platforms: readonly (readonly [PlatformSummary, PlatformFacts])[],
  { terminal, paint, phases }: ScreenView,
): string {
  const { columns } = terminal;
  const all = platforms.map(([platform, facts]): PlatformRow => {
    return { platform, facts, row: mainRows(platform).told };
  });
  const measured = all.flatMap(({ row }) =>
    row === undefined || row.measured.n === 0 || row.measured.defects.length > 0 || row.measured.unit !== "ms"
      ? []
      : (levelOf(row.measured).value ?? []),
  );
  const longest = Math.max(0, ...measured);
  const units = new Set(all.flatMap(({ row }) => row?.measured.unit ?? []));
  const unit = units.size === 1 ? [...units][0] : undefined;
  const table = fitted(
    [
      { title: "platform", align: "left", least: 14 },
      { title: "", align: "left" },
      { title: "condition", align: "left", least: 10 },
      { title: unit === undefined ? "median" : `median ${unit}`, align: "right" },
      { title: unit === undefined ? "unit" : "", align: "left" },
      { title: "95 % CI", align: "right", drop: 3 },
      { title: (room) => (longest > 0 ? axis(longest, room) : ""), align: "left", fills: [8, 40], drop: 1 },
      {
        ...{ title: all.some(({ row, facts }) => row !== undefined && largest(row, facts) !== "") ? "largest phase, %" : "" },
        ...{ align: "left", least: 18, drop: 2 },
      },
    ],
    all.map((each) =>
      platformRow(each, unit === undefined, (value, room) =>
        each.row === undefined ? "" : bar({ value, shares: tierShares(each.row) }, longest, room, paint),
      ),
    ),
    columns,
  );
  const [header = "", ...rows] = table;
  const doubtful = all.filter(
    ({ platform, row }) => row !== undefined && (platform.warnings.length > 0 || platform.findings.length > 0),
  );
  const notes = [
    ...(rows.some((line) => line.includes(TIER_BAR)) ? [LEGEND] : []),
    ...(all.some(({ row }) => row === undefined || levelOf(row.measured).of !== "sessions")
      ? ["* of the trials alone: sessions may differ by more"]
      : []),
    ...(doubtful.length > 0 ? ["! has warnings: analyze it alone, or --full"] : []),
  ];
  return renderScreen(
    [
      hanging("  ", answer(all), columns),
      [
        header,
        ...atMost(rows, MOST_ROWS, (left) => `  … and ${left} more platforms`),
        ...notes.flatMap((note) => hanging("    ", note, columns)),
      ],
      hanging("  ", nextStep(platforms), columns),
      [joined("  more: ", [`tierbench analyze PLATFORM${phases ? " --phases" : ""}`, "--full", "--experiment NAME"], columns)],
    ],
    terminal,
  );
}

const MOST_NAMED = 3;

/** Only what `compare` can set side by side: platforms of other images have nothing in common. */
function nextStep(platforms: readonly (readonly [PlatformSummary, PlatformFacts])[]): string {
  const measured = platforms.map(([{ conditions }, { called }]) => ({
    called: plain(called.platform),
    conditions: new Set(conditions.map(({ experiment, condition }) => JSON.stringify([experiment, condition]))),
  }));
  const alike = measured.flatMap((one) => {
    const others = measured.filter((other) => other !== one && [...one.conditions].some((each) => other.conditions.has(each)));
    return others.length === 0 ? [] : [[one, ...others]];
  });
  const [compared] = alike;
  if (compared === undefined)
    return "No two of them have a condition in common. To compare, measure the same images on both: tierbench run startup --platform A=ENGINE --platform B=ENGINE";
  const names = compared.slice(0, MOST_NAMED).map(({ called }) => called);
  return `Which is faster, and how certain that is: tierbench compare ${names.join(" ")}`;
}

function platformRow({ platform, facts, row }: PlatformRow, withUnit: boolean, draw: (value: number, room: number) => string) {
  const label = plain(platform.label);
  if (row === undefined) return [label, "", "nothing measured", "", "", "", "", ""];
  const { value, ends, of } = levelOf(row.measured);
  const defect = row.measured.defects.length > 0;
  const marks = platform.warnings.length + platform.findings.length > 0 ? "!" : "";
  const name = `${row.summary.experiment === "startup" ? "" : `${row.summary.experiment} `}${row.name}`;
  return [
    label,
    marks,
    plain(name),
    ms(value),
    withUnit ? row.measured.unit : "",
    defect ? "defect" : ends === null ? MISSING : `${interval(ends)}${of === "sessions" ? "" : "*"}`,
    (room: number) => (value === null || defect || row.measured.unit !== "ms" ? "" : draw(value, room)),
    largest(row, facts),
  ];
}

function largest({ summary }: ConditionRow, { engine }: PlatformFacts): string {
  const [most] = phasesOf(summary).toSorted((a, b) => (b.part.share_pct ?? 0) - (a.part.share_pct ?? 0));
  if (most === undefined) return "";
  const { title } = phaseWords({ phase: most.part.phase as PhaseName, encloses: [] }, engine);
  return `${title}${most.part.encloses.length > 0 ? "…" : ""} ${roundPct(most.part.share_pct)}`;
}

/** From the least to the greatest median; which is faster is not said here. */
function answer(all: readonly PlatformRow[]): string {
  const starts = all.flatMap(({ platform, row }) => {
    if (row === undefined || row.summary.experiment !== "startup" || row.measured.defects.length > 0) return [];
    const { value } = levelOf(row.measured);
    return value === null ? [] : [{ label: plain(platform.label), value, name: row.name, summary: row.summary }];
  });
  const ordered = starts.toSorted((a, b) => a.value - b.value);
  const [least, most] = [ordered[0], ordered.at(-1)];
  if (least === undefined || most === undefined) return "None of these platforms has a start to tell of.";
  if (least === most) return `${plain(startNamed(least.summary))} takes ${ms(least.value)} ms (${least.label}).`;
  const isOne = new Set(starts.map(({ name }) => name)).size === 1;
  if (isOne && ms(least.value) === ms(most.value))
    return `${plain(startNamed(least.summary))} takes ${ms(least.value)} ms on ${starts.length === 2 ? "both" : `all ${starts.length}`}.`;
  if (isOne)
    return `${plain(startNamed(least.summary))} takes ${ms(least.value)} ms (${least.label}) to ${ms(most.value)} ms (${most.label}).`;
  const [from, to] = [least, most].map(({ label, value, name }) => `${ms(value)} ms (${label}, “${plain(name)}”)`);
  return `Starts take ${from} to ${to}, but not of the same image and mode: that is no comparison.`;
}
