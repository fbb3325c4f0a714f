/** How each condition of the experiments other than startup was measured: from platform.json and its rows. */
import { identityOf } from "../../research/image-identity.ts";
import { pulledFrom, type Session } from "../../research/manifest.ts";
import { type Context, fillContext, notTheSame } from "./context.ts";
import { type ConditionKey, conditionKey } from "./key.ts";
import { type Measurement, sessionOf } from "./measurement.ts";

export interface MeasuredOneWay {
  /** Without the values of a condition that were measured in another way than its first. */
  readonly measurements: readonly Measurement[];
  /** As in {@link Subject}. */
  readonly contexts: ReadonlyMap<ConditionKey, Context>;
  /** Conditions of which values are left out, as `experiment condition`. */
  readonly mixed: readonly string[];
  /** Experiments of which platform.json does not say in which images or with what workload they were measured. */
  readonly unknown: readonly string[];
}

export function measuredOneWay(measured: readonly Measurement[], sessions: readonly Session[]): MeasuredOneWay {
  const described = new Map(sessions.map((session) => [session.session, session]));
  const contexts = new Map<ConditionKey, Context>();
  const [mixed, unknown] = [new Set<string>(), new Set<string>()];
  const measurements = measured.map((measurement) => {
    const { experiment, condition, blocks, values, rows } = measurement;
    const key = conditionKey(measurement);
    const keep = values.map((_, index) => {
      const context = contextOf(measurement, index, described.get(sessionOf(blocks[index] as number)));
      if (context.images === undefined || context.workload === undefined) unknown.add(experiment);
      const first = contexts.get(key);
      if (notTheSame(first, context) !== undefined) {
        mixed.add(`${experiment} ${condition}`);
        return false;
      }
      // What an earlier session did not say, a later one may.
      contexts.set(key, fillContext(first, context));
      return true;
    });
    if (!keep.includes(false)) return measurement;
    const kept = <T>(list: readonly T[]): T[] => list.filter((_, index) => keep[index]);
    return { ...measurement, values: kept(values), blocks: kept(blocks), rows: kept(rows) };
  });
  return { measurements, contexts, mixed: [...mixed], unknown: [...unknown] };
}

function contextOf({ experiment, planned, ways }: Measurement, index: number, session: Session | undefined): Context {
  const plan = session?.experiments?.find(({ name }) => name === experiment);
  const images = plan?.images?.filter(({ conditions }) => conditions.includes(planned ?? "")).map(identityOf);
  const registry = session !== undefined && experiment === "pull" ? pulledFrom(session) : undefined;
  return {
    ...(images === undefined || images.length === 0 ? {} : { images }),
    ...(plan?.workload === undefined ? {} : { workload: plan.workload }),
    ...(registry === undefined ? {} : { registry }),
    ...ways?.[index],
  };
}
