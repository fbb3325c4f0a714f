/** Something a reader of the numbers should know. A value, rendered at the edge: what, how we know, what to do. */
import * as z from "zod";

export const warning = z.object({
  summary: z.string(),
  evidence: z.string().describe("the numbers that show it"),
  remedy: z.string(),
});
export type Warning = Readonly<z.infer<typeof warning>>;

const IN_THE_PAST: Readonly<Record<string, string>> = {
  "the machine is busy": "the machine was busy while this was measured",
  "other containers run on this engine": "other containers ran on this engine while this was measured",
};

/** What a session noted as it began, told afterwards. */
export const asTold = (summary: string): string => IN_THE_PAST[summary] ?? summary;

/** How a session's warning begins that concerns its cold starts alone. */
export const OF_COLD_STARTS = "cold starts";
