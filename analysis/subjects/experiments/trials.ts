/** Tables whose columns say what a condition is, and what they have in common. */
import { identityOf } from "../../../research/image-identity.ts";
import { pulledFrom } from "../../../research/manifest.ts";
import { type MarkClock, type Probe, seenBy } from "../../../research/protocol.ts";
import { conditionName, type TrialRow, type TrialTable } from "../../../research/tables/columns/trial-table.ts";
import type { Context } from "../context.ts";
import { type Declaration, gatherer, type MeasuredTable, measuredTable, type Way } from "../measured-table.ts";

/** What ended a start, and what stamped the marks of a workload. */
export const byProbe = ({ probe }: { readonly probe: Probe | null }): Way => (probe === null ? {} : { probe: seenBy(probe) });
export const byClock = ({ clock }: { readonly clock: MarkClock | null }): Way => (clock === null ? {} : { clock });

/** Beside startup, tables have columns for what a condition is, and platform.json has its images and its workload. */
export const trials = <C, M>(
  table: TrialTable<C, M>,
  declared: Omit<Declaration<TrialRow<C, M>>, "planned" | "context">,
): MeasuredTable =>
  measuredTable(
    table,
    gatherer<TrialRow<C, M>>(table.name, {
      ...declared,
      planned: (row) => conditionName(table, row),
      context: (session, planned): Context => {
        const plan = session?.experiments?.find(({ name }) => name === table.name);
        const images = plan?.images?.filter(({ conditions }) => conditions.includes(planned)).map(identityOf) ?? [];
        const registry =
          session !== undefined && (table.name === "pull" || table.name === "study-pull") ? pulledFrom(session) : undefined;
        return {
          ...(images.length === 0 ? {} : { images }),
          ...(plan?.workload === undefined ? {} : { workload: plan.workload }),
          ...(registry === undefined ? {} : { registry }),
        };
      },
    }),
  );
