/** What a published claim is here: data that a reader can check, and a rule that reads the study's numbers. */

import * as z from "zod";
import { type Interval, interval } from "../statistics/interval.ts";
import type { MetricName } from "../subjects/key.ts";
import type { Subject } from "../subjects/subject.ts";
import type { AuditedStudy } from "./audited-study.ts";
import type { DataNeed, NumberOrRange, Published } from "./published.ts";
import type { Reason } from "./reason.ts";
import type { StudyTableId } from "./study-tables.ts";

export interface Assessment {
  /** Unrounded, in the unit of what was published; `null` where there is no single number. */
  readonly recomputed: NumberOrRange | null;
  /** 95 %; `null` where there is none. */
  readonly recomputed_ci: Interval | null;
  readonly reasons: readonly Reason[];
}

/** A number of ours beside theirs; of one platform. */
export const ownNumber = z.object({
  value: z.number(),
  ci: interval.nullable(),
  unit: z.string(),
  text: z.string().describe("what it is, in a sentence"),
  defects: z.array(z.string()).readonly().describe("why nothing is to be concluded from it"),
  cautions: z.array(z.string()).readonly().describe("what a reader must know beside it"),
});

/** Before what was found in the metrics that it is computed from is set beside it. */
export interface OwnNumber extends Omit<Readonly<z.infer<typeof ownNumber>>, "defects" | "cautions"> {
  readonly from: readonly MetricName[];
}

export interface Remeasuring {
  /** The experiment of ours that tests the claim. */
  readonly experiment: string;
  /** What it measures that the study's does not. */
  readonly what: string;
  /** `null` where the platform has not measured it; absent as long as no experiment of ours can. */
  readonly measure?: (ours: Subject) => OwnNumber | null;
}

export interface Claim {
  readonly id: string;
  /** In our words; the numbers are the publication's. */
  readonly claim: string;
  readonly published: Published;
  readonly data: readonly DataNeed[];
  /** The estimator as published, and how it is recomputed. */
  readonly how: string;
  /** The study's table whose tests stand behind it: an id of study-tables.ts. Absent where the study tests nothing. */
  readonly tests?: StudyTableId;
  /** Reads only what {@link data} names, or looks whether there is more. */
  readonly assess: (study: AuditedStudy) => Assessment;
  /** The study's own figure of it; `null` where there is none. */
  readonly figure: string | null;
  /** Arguments of `tierbench` that show the numbers; {data} stands for the study's folder. */
  readonly command: readonly string[];
  /** `null` for what the study says of itself. */
  readonly remeasuring: Remeasuring | null;
  /** What we take to be true, as far as anybody has measured it. */
  readonly view: string;
}
