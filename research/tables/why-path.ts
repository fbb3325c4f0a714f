import { type ColumnsOf, count, duration } from "../csv/cells.ts";
import type { PhaseName } from "../phases.ts";
import { type Check, defineTable } from "../table.ts";
import type { Nanoseconds } from "../units.ts";
import type { Cause } from "../why/causes.ts";
import { CAUSE_COLUMNS } from "./columns/cause-columns.ts";
import { imageColumn } from "./columns/image-column.ts";

export interface WhyPathRow {
  readonly trial: number;
  readonly session: number;
  readonly image: string;
  readonly begin_ns: Nanoseconds;
  readonly end_ns: Nanoseconds;
  readonly phase: PhaseName;
  readonly cause: Cause;
  readonly program: string;
  readonly place: string | null;
}

const COLUMNS: ColumnsOf<WhyPathRow> = {
  trial: count("number of the start's trial in why.csv", 1),
  session: count("its session there", 1),
  image: imageColumn,
  begin_ns: duration("since create_sent; where the stretch before it ended"),
  end_ns: duration("since create_sent"),
  ...CAUSE_COLUMNS,
};

/** Beside why.csv, which has the sums of every start, and of this one the same. */
export const whyPathTable = defineTable(
  "why-path",
  "The critical path of single starts of why.csv, stretch by stretch, from create_sent to entry_acts without a gap: of each session and image the start with the middle total.",
  COLUMNS,
  { checks: () => [withoutGap()] },
);

function withoutGap(): Check<WhyPathRow> {
  let last: WhyPathRow | undefined;
  return (row) => {
    const isNext = last?.trial === row.trial && last.session === row.session;
    const expected = isNext ? (last?.end_ns ?? 0) : 0;
    last = row;
    const name = `trial ${row.trial} of session ${row.session}`;
    if (row.begin_ns !== expected) return `a stretch of ${name} begins at ${row.begin_ns}, where ${expected} is next`;
    return row.end_ns > row.begin_ns ? undefined : `a stretch of ${name} ends at ${row.end_ns}, where it begins`;
  };
}
