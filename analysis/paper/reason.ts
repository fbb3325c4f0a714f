/** Why a claim stands or does not: a sentence with numbers that were computed from the data, and what it does to the claim. */
import * as z from "zod";
import type { Finding } from "../detectors/finding.ts";
import type { Published } from "./published.ts";

export const bearing = z
  .enum(["supports", "limits", "undercuts", "contradicts", "missing"])
  .describe(
    "supports: speaks for it; limits: narrows what it holds for; undercuts: the number is right, but the stated conclusion does not follow from it; contradicts: the data say otherwise; missing: without it nothing can be said",
  );
export type Bearing = z.infer<typeof bearing>;

export const reason = z.object({
  bearing,
  text: z.string(),
  evidence: z.string().optional().describe("more of the same, for those who want to see where it stands"),
  numbers: z.record(z.string(), z.number()).describe("the numbers of the sentence, unrounded"),
});
export type Reason = Readonly<z.infer<typeof reason>>;

export const VERDICTS = ["reproduced", "arithmetic-only", "refuted", "not-testable"] as const;
/** `arithmetic-only`: the sum is right, the conclusion does not follow. */
export type Verdict = (typeof VERDICTS)[number];

/** The one rule: the heaviest of the reasons decides. */
export function verdict(reasons: readonly Reason[]): Verdict {
  const any = (bearing: Bearing): boolean => reasons.some((reason) => reason.bearing === bearing);
  if (any("missing")) return "not-testable";
  if (any("contradicts")) return "refuted";
  return any("undercuts") ? "arithmetic-only" : "reproduced";
}

/** Whether a number, rounded to as many digits as were published, is the published one. */
export const roundsTo = (value: number, published: number, decimals: number): boolean =>
  value.toFixed(decimals) === published.toFixed(decimals);

/** The first reason of most claims: is the published number in the data? */
export function agreement(
  { value, decimals, text }: Published,
  recomputed: number,
  how: string,
  numbers: Readonly<Record<string, number>> = {},
): Reason {
  const agrees = typeof value === "number" && roundsTo(recomputed, value, decimals);
  return {
    bearing: agrees ? "supports" : "contradicts",
    text: agrees
      ? `the sum is right: ${how} gives ${recomputed.toFixed(decimals)}`
      : `the data give another number: ${how} is ${recomputed.toFixed(decimals)}, published ${text}`,
    numbers: { recomputed, ...numbers },
  };
}

/** @param where the platform in whose data a detector found it, or what else it looked at */
export const fromFinding = (bearing: Bearing, where: string, { summary, evidence, numbers }: Finding): Reason => ({
  bearing,
  text: `${where}, ${summary}`,
  evidence,
  numbers: Object.fromEntries(Object.entries(numbers).filter((entry): entry is [string, number] => entry[1] !== null)),
});
