/** What every comparison of two samples says: how much they differ, by values and by ranks. */
import * as z from "zod";
import { cliffsDelta } from "../statistics/effects/cliffs-delta.ts";
import { interval } from "../statistics/interval.ts";
import type { SortedSamples } from "../statistics/sorted-samples.ts";
import { brunnerMunzel } from "../statistics/tests/brunner-munzel.ts";
import { mannWhitneyU } from "../statistics/tests/mann-whitney-u.ts";

export const effect = z.enum(["negligible", "small", "medium", "large"]).describe("names for the size of Cliff's delta");
export type Effect = z.infer<typeof effect>;

/** Everything is a relative to b; intervals are 95 %. */
export const sampleDifference = z.object({
  n_a: z.int(),
  n_b: z.int(),
  ratio: z.number().nullable(),
  ratio_ci: interval.nullable(),
  shift: z.number(),
  shift_ci: interval.nullable(),
  cliffs_delta: z.number(),
  cliffs_delta_ci: interval.nullable(),
  mann_whitney_u: z.number().describe("pairs with a > b, plus half the ties"),
  p: z.number(),
  brunner_munzel_p: z.number().nullable(),
  effect,
});
export type SampleDifference = Readonly<z.infer<typeof sampleDifference>>;

/** The part that rests on ranks: it needs no estimator of location. */
export function rankDifference(
  a: SortedSamples,
  b: SortedSamples,
): Omit<SampleDifference, "n_a" | "n_b" | "ratio" | "ratio_ci" | "shift" | "shift_ci"> {
  const { delta, interval: cliffs_delta_ci } = cliffsDelta(a, b);
  const { u, p } = mannWhitneyU(a, b);
  const brunner_munzel_p = brunnerMunzel(a, b)?.p ?? null;
  return { cliffs_delta: delta, cliffs_delta_ci, mann_whitney_u: u, p, brunner_munzel_p, effect: effectOf(delta) };
}

/** Names for |δ| after Romano et al., "Exploring methods for evaluating group differences", SAIR 2006: 0.147, 0.33, 0.474. */
export function effectOf(delta: number): Effect {
  const size = Math.abs(delta);
  return size < 0.147 ? "negligible" : size < 0.33 ? "small" : size < 0.474 ? "medium" : "large";
}
