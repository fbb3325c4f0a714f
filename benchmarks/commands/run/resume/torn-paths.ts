/** A critical path in whose midst a run was killed: it is not that of its start, and no trial measures it again. */
import { isSameTrial } from "../../../../research/tables/columns/trial-table.ts";
import type { WhyRow } from "../../../../research/tables/why.ts";
import { whyPathTable } from "../../../../research/tables/why-path.ts";
import type { TornTable } from "../../../edges/files/torn-row.ts";

/** @param starts those of why.csv: a path that is whole ends with its start */
export const tornPaths = (starts: readonly WhyRow[]): TornTable & { readonly name: string } => ({
  name: whyPathTable.name,
  header: whyPathTable.header,
  part: ["begin_ns"],
  isWhole: (stretches) => {
    const last = stretches.at(-1);
    const place = { session: Number(last?.session), trial: Number(last?.trial) };
    return starts.some((start) => isSameTrial(start, place) && start.total_ns === Number(last?.end_ns));
  },
  fate: "this start has no path",
});
