/** A timeline as a picture for the terminal: one line a phase, its bar where and as long as it lasted. */
import { type Partition, PHASES, type Phase, type PhaseName, type Tier } from "../../../research/phases.ts";
import { STOP_PHASES, type StopPhaseName } from "../../../research/stop/phases.ts";
import { hanging, wrapped } from "../../../research/text/screen/fit.ts";
import { type Nanoseconds, toMilliseconds } from "../../../research/units.ts";

type Name = PhaseName | StopPhaseName;

/** A start's partition, or its end's. */
interface Drawn extends Pick<Partition, "tiers" | "total_ns" | "incomplete"> {
  readonly phases: readonly (Omit<Phase, "phase" | "encloses"> & {
    readonly phase: Name;
    readonly encloses: readonly Name[];
  })[];
}

const TITLES = Object.fromEntries(
  Object.entries({ ...PHASES, ...STOP_PHASES }).map(([name, { title }]) => [name, title]),
) as Readonly<Record<Name, string>>;

export type Paint = (tier: Tier | null, text: string) => string;

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;
const MINIMUM_BAR = 10;

/**
 * @param columns width of the terminal in characters
 * @param paint colours a text by its tier; identity where there are no colours
 */
export function waterfall({ phases, tiers, total_ns, incomplete }: Drawn, columns: number, paint: Paint): string[] {
  const end = total_ns ?? phases.at(-1)?.end_ns;
  if (end === undefined) return [incomplete ?? "nothing was seen"];
  const rows = phases.map((phase) => ({
    phase,
    name: phaseTitle(phase),
    tier: phase.tier ?? "mixed",
    figures: `${inMs(phase.duration_ns)} ms ${share(phase.duration_ns, end)}`,
  }));
  const nameWidth = widest(rows.map(({ name }) => name));
  const tierWidth = widest(rows.map(({ tier }) => tier));
  const figureWidth = widest(rows.map(({ figures }) => figures));
  const barWidth = Math.max(MINIMUM_BAR, columns - nameWidth - tierWidth - figureWidth - 4);
  const lines = rows.map(({ phase, name, tier, figures }) => {
    const drawn = bar(phase.begin_ns / end, phase.end_ns / end, barWidth);
    return `${name.padEnd(nameWidth)} ${paint(phase.tier, tier.padEnd(tierWidth))} ${paint(phase.tier, drawn)} ${figures.padStart(figureWidth)}`;
  });
  const notes = phases
    .filter(({ encloses }) => encloses.length > 0)
    .flatMap(({ phase, encloses }) =>
      wrapped(
        `${TITLES[phase]} includes phases whose beginning was not seen: ${encloses.map((name) => TITLES[name]).join(", ")}`,
        columns,
      ),
    );
  const sums = (["daemon", "runtime", "process"] as const).map((tier) => {
    const sum = tiers[`${tier}_ns`];
    return { tier, text: `${tier} ${sum === null ? "not separable" : `${inMs(sum)} ms ${share(sum, end)}`}` };
  });
  const total = total_ns === null ? [] : [{ tier: null, text: `total ${inMs(total_ns)} ms` }];
  return [
    ...lines,
    "",
    ...inLines([...sums, ...total], columns, paint),
    ...(total_ns === null ? hanging("total unknown: ", `${incomplete}`, columns) : []),
    ...notes,
  ];
}

const BETWEEN = "   ";

/** As many beside each other as fit; a colour takes no place. */
function inLines(
  parts: readonly { readonly tier: Tier | null; readonly text: string }[],
  columns: number,
  paint: Paint,
): string[] {
  const lines: { width: number; texts: string[] }[] = [];
  for (const { tier, text } of parts) {
    const line = lines.at(-1);
    const width = (line?.width ?? 0) + BETWEEN.length + text.length;
    const painted = tier === null ? text : paint(tier, text);
    if (line !== undefined && width <= columns) {
      line.width = width;
      line.texts.push(painted);
    } else lines.push({ width: text.length, texts: [painted] });
  }
  return lines.map(({ texts }) => texts.join(BETWEEN));
}

/** As the other screens name it; `+2`: with the time of two phases whose beginning was not seen. */
export const phaseTitle = ({ phase, encloses }: Pick<Drawn["phases"][number], "phase" | "encloses">): string =>
  `${TITLES[phase]}${encloses.length === 0 ? "" : ` +${encloses.length}`}`;

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length));
const inMs = (duration: Nanoseconds): string => toMilliseconds(duration).toFixed(3);
const share = (part: Nanoseconds, whole: Nanoseconds): string => `${((100 * part) / whole).toFixed(1).padStart(5)} %`;

/** Eighths of a character where the bar ends; at least a sliver, so that no phase is invisible. */
function bar(from: number, to: number, width: number): string {
  // A captured file may hold times that cannot be, such as an end at 0.
  const begin = Math.max(0, Math.min(width - 1, Math.floor(from * width) || 0));
  const eighths = Math.max(1, Math.min(width * 8, Math.round(to * width * 8) || 0) - begin * 8);
  const full = "█".repeat(Math.floor(eighths / 8));
  return `${" ".repeat(begin)}${full}${EIGHTHS[eighths % 8]}`.slice(0, width).padEnd(width);
}
