/** Variants of a start against the first, a row each, from the slowest to the fastest. */
import type { PhaseName } from "../../../research/phases.ts";
import { type Engine, phaseWords } from "../../../research/text/phase-words.ts";
import { hanging } from "../../../research/text/screen/fit.ts";
import { asManyAsFit, plain } from "../../../research/text/screen/screen.ts";
import { type Cell, fitted } from "../../../research/text/screen/table.ts";
import { MISSING, ms, signed, signedInterval } from "../../samples/numbers.ts";
import { levelOf } from "../../summaries/described.ts";
import type { PlatformSummary } from "../../summaries/summary.ts";
import { type PhaseDifference, type VariantDifference, variantDifferences } from "../../summaries/variant-differences.ts";
import { failuresOf } from "../analysis/parts.ts";
import type { ConditionRow } from "./condition-rows.ts";
import { isMarked } from "./doubts.ts";

export interface VariantRows {
  readonly first: ConditionRow;
  /** The others of its image and mode. */
  readonly others: readonly ConditionRow[];
  readonly differences: readonly VariantDifference[];
}

/** @returns `undefined` where the first row is no variant, or is compared with none */
export function variantRows(platform: PlatformSummary, rows: readonly ConditionRow[]): VariantRows | undefined {
  const [first] = rows;
  if (first?.summary.factors.variant === undefined) return undefined;
  const { image, mode } = first.summary.factors;
  const alike = rows.filter(({ summary: { factors } }) => factors.image === image && factors.mode === mode);
  const differences = variantDifferences(
    alike.map(({ summary }) => summary),
    platform.paired,
    first.summary.factors,
  );
  return differences.length === 0 ? undefined : { first, others: alike.slice(1), differences };
}

/** In a sentence: how many differ, and which most. */
export function variantVerdict({ first, differences }: VariantRows): string {
  const certain = differences.filter(({ isCertain }) => isCertain);
  const base = `“${first.summary.factors.variant}”`;
  const of = `${differences.length} ${differences.length === 1 ? "variant" : "variants"}`;
  const [most, least] = [certain[0], certain.at(-1)];
  if (most === undefined || least === undefined) return `None of ${of} differs from ${base} for certain.`;
  const named = ({ variant, comparison }: VariantDifference): string => `${signed(comparison.shift)} ms (${variant})`;
  const range = most === least ? named(most) : `from ${named(least)} to ${named(most)}`;
  return `${certain.length} of ${of} ${certain.length === 1 ? "differs" : "differ"} from ${base} for certain: ${range}.`;
}

/** What to start with, and what to leave out, where the start is to be sooner; the largest two of either kind. */
export function variantAdvice({ differences }: VariantRows, flags: ReadonlyMap<string, string>): string[] {
  const certain = differences.filter(({ isCertain }) => isCertain);
  if (certain.length === 0) return ["Choose by what they do, not by what they cost: no difference is certain."];
  const named = (verb: string, some: readonly VariantDifference[]): string =>
    some
      .slice(0, 2)
      .map(
        ({ variant, comparison }, index) =>
          `“${variant}”${told(flags.get(variant))} ${index === 0 ? `${verb} ` : ""}${ms(Math.abs(comparison.shift))} ms`,
      )
      .join(" and ");
  const slower = certain.filter(({ comparison }) => comparison.shift > 0);
  const faster = certain.filter(({ comparison }) => comparison.shift < 0).toReversed();
  return [
    ...(faster.length > 0 ? [`Where it suits you, ${named("saves", faster)}.`] : []),
    ...(slower.length > 0 ? [`Leave out what nothing needs: ${named("costs", slower)}.`] : []),
  ];
}

/** Longer flags would hide what the sentence says. */
const MOST_OF_FLAGS = 30;

const told = (flags = ""): string => (flags === "" || flags.length > MOST_OF_FLAGS ? "" : ` (${flags})`);

/** @param most rows: where there are more, those with the smallest differences are counted */
export function variantTable(variants: VariantRows, engine: Engine | undefined, columns: number, most: number): string[] {
  const { first, others, differences } = variants;
  const rowOf = new Map(others.map((row) => [row.summary.factors.variant, row]));
  const bySize = differences.toSorted(
    (x, y) => Number(y.isCertain) - Number(x.isCertain) || Math.abs(y.comparison.shift) - Math.abs(x.comparison.shift),
  );
  const compared = new Set(differences.map(({ variant }) => variant));
  const without = others.filter(({ summary }) => !compared.has(summary.factors.variant ?? ""));
  const room = Math.max(1, most - 2 - without.length);
  const kept = new Set(bySize.slice(0, bySize.length > room ? room - 1 : room));
  const lines = fitted(
    [
      { title: `against ${plain(first.summary.factors.variant ?? "")}`, align: "left", least: 12 },
      { title: "", align: "left" },
      { title: "ms", align: "right" },
      { title: "95 % CI, jointly", align: "right", drop: 2 },
      { title: "where", align: "left", fills: [28, 60], drop: 1 },
    ],
    [
      ...differences
        .filter((each) => kept.has(each))
        .map((each): Cell[] => {
          const { variant, comparison, isCertain, phases } = each;
          const row = rowOf.get(variant);
          const sure = comparison.defects.length > 0 ? "!" : isCertain ? (comparison.shift > 0 ? "▲" : "▼") : "~";
          return [
            plain(variant),
            `${sure}${row !== undefined && isMarked(row, others) ? "!" : ""}`,
            signed(comparison.shift),
            comparison.defects.length > 0 ? "defect" : signedInterval(comparison.shift_ci_simultaneous),
            (room) =>
              asManyAsFit(
                phases.map((phase) => phaseText(phase, engine)),
                room,
              ),
          ];
        }),
      ...without.map((row): Cell[] => [plain(row.summary.factors.variant ?? ""), "", MISSING, MISSING, whyNot(row)]),
    ],
    columns,
  );
  const left = differences.length - kept.size;
  const more = left === 0 ? [] : [`and ${left} smaller: --full`];
  return [...lines, ...hanging("    ", ["▲ slower, ▼ faster for certain, ~ not certain", ...more].join(" · "), columns)];
}

const phaseText = ({ phases, difference_ms }: PhaseDifference, engine: Engine | undefined): string => {
  const [phase, ...encloses] = phases;
  const { title } = phaseWords({ phase: phase as PhaseName, encloses: [] }, engine);
  return `${signed(difference_ms)} ${title}${encloses.length > 0 ? "…" : ""}`;
};

/** Why a variant is compared with nothing. */
function whyNot({ summary, measured }: ConditionRow): string {
  const failed = failuresOf(summary);
  return measured.n === 0 && failed > 0 ? `all ${failed} failed` : `fewer than 6 pairs; median ${ms(levelOf(measured).value)} ms`;
}
