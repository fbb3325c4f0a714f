/** A published number, and the data it rests on. */
import * as z from "zod";
import { interval } from "../statistics/interval.ts";

export const numberOrRange = z.union([z.number(), interval]).describe("a number, or the least and the greatest of several");
export type NumberOrRange = z.infer<typeof numberOrRange>;

export const published = z.object({
  text: z.string().describe("the numbers as they stand there, for people: 2.04×"),
  value: numberOrRange,
  unit: z.string(),
  decimals: z.int().describe("digits after the point in the publication: what a recomputed number must round to"),
  source: z.string(),
});
export type Published = Readonly<z.infer<typeof published>>;

/** What must be there for the claim to be tested. */
export const dataNeed = z.object({
  file: z.string(),
  columns: z.array(z.string()).readonly(),
  conditions: z.array(z.string()).readonly().describe("by name, as a measurement has it: alpine warm"),
  platforms: z.array(z.string()).readonly(),
});
export type DataNeed = Readonly<z.infer<typeof dataNeed>>;
