/** Whether the tables are as the session left them. */
import * as z from "zod";

/** A table as a session left it. Files are only added to, so that all that was there before is sealed with it. */
export const sealedTable = z.strictObject({
  /** Of this session. */
  rows: z.int().positive(),
  /** Of the whole file. */
  bytes: z.int().positive(),
  /** Of these bytes, in hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export const seal = z.strictObject({
  /** `session-end`: by the session itself, also by one that was interrupted; `later`: of a session that was measured before there were seals, or killed. */
  made: z.enum(["session-end", "later"]),
  /** Every table to which the session added rows, by its experiment. */
  tables: z.record(z.string(), sealedTable),
});
