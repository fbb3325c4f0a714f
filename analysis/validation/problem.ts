/** What `platform validate` says, as data: every format renders this and nothing else, and its schema is published. */
import * as z from "zod";

export const problem = z.object({
  severity: z
    .enum(["defect", "caution"])
    .describe(
      "defect: the folder is not as it was measured, or its numbers are not what they are called; caution: they say less",
    ),
  check: z
    .enum(["manifest", "table", "plan", "seal", "detector", "folder"])
    .describe(
      "what was checked: platform.json by itself, a table by itself, both together, SHA-256, what the numbers show, names",
    ),
  file: z.string(),
  line: z.int().nullable().describe("from 1, the header counted; null where no single line is meant"),
  column: z.string().nullable().describe("of a table; the field of platform.json"),
  value: z.string().nullable(),
  what: z.string(),
  expected: z.string().nullable(),
});
export type Problem = Readonly<z.infer<typeof problem>>;

/** Tells of one cell of a row, or one field of platform.json. */
export type Say = (place: string, value: string, what: string, expected: string) => void;

export const validation = z.object({
  valid: z.boolean().describe("no folder has a defect"),
  platforms: z
    .array(
      z.object({
        folder: z.string(),
        label: z.string(),
        format: z.enum(["tierbench", "v3"]).nullable().describe("null where it cannot be told"),
        valid: z.boolean(),
        sealed: z.boolean().describe("every session has a seal, and every table is as it was sealed"),
        sessions: z.int().nullable().describe("null for v3, which does not tell sessions apart"),
        tables: z.array(z.object({ file: z.string(), rows: z.int(), sha256: z.string() })).readonly(),
        problems: z.array(problem).readonly().describe("defects first"),
      }),
    )
    .readonly(),
});
export type Validation = Readonly<z.infer<typeof validation>>;
export type ValidatedPlatform = Validation["platforms"][number];

type Said = Pick<Problem, "file" | "what"> & Partial<Problem>;

const NOTHING_ELSE = { line: null, column: null, value: null, expected: null } as const;

export const defect = (check: Problem["check"], said: Said): Problem => ({ severity: "defect", check, ...NOTHING_ELSE, ...said });
export const caution = (check: Problem["check"], said: Said): Problem => ({
  severity: "caution",
  check,
  ...NOTHING_ELSE,
  ...said,
});
