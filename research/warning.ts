/** Something a reader of the numbers should know. A value, rendered at the edge: what, how we know, what to do. */
import * as z from "zod";

export const warning = z.object({
  summary: z.string(),
  evidence: z.string().describe("the numbers that show it"),
  remedy: z.string(),
});
export type Warning = Readonly<z.infer<typeof warning>>;

/** How a session's warning begins that concerns its cold starts alone. */
export const OF_COLD_STARTS = "cold starts";
