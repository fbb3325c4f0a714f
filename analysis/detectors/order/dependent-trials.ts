/**
 * Trials that depend on those before them: by Ljung-Box on ranks, in every condition and in the blocks of an experiment's
 * conditions together ({@link inTurns}). All of a platform are one family, their p-values adjusted by Holm. Dependence is only
 * spoken of where it widens intervals by more than a tenth: √(n / effective n) > 1.1. Where the conditions together show it, also
 * without the one that shows it most, it is reported once.
 */
import { FEWEST_SESSIONS } from "../../samples/sessions.ts";
import { type TimeOrder, timeOrder } from "../../samples/time-order.ts";
import { dependentMedianInterval } from "../../statistics/dependence/dependent-median-interval.ts";
import { holm } from "../../statistics/tests/holm.ts";
import { type Measurement, sessionOf } from "../../subjects/measurement.ts";
import { conditionsOf, type Finding, rounded } from "../finding.ts";
import { LEVELS } from "../levels.ts";
import { familiesOf, type InTurns, inTurns, ranksOf, withoutThe } from "./in-turns.ts";
import type { Ordered } from "./ordered.ts";

const NEGLIGIBLE_WIDENING = 1.1;
/** Of the dependence in those that show it less. */
const STILL_THERE = 0.05;
const REMEDY = "find out what changes slowly on the machine, or measure several sessions (--append)";
const REMEDY_OF_SESSIONS = "find out what changes slowly on the machine; intervals over sessions allow for it";

interface Series {
  readonly n: number;
  readonly order: TimeOrder;
}

interface Tested {
  readonly conditions: readonly (Series & { readonly measurement: Measurement })[];
  readonly together: Series | null;
}

export function dependentTrials(ordered: Ordered): Finding[] {
  const families = familiesOf(ordered).map(({ conditions, together }): Tested => {
    const each = conditions.map(({ measurement, order }) => {
      return { measurement, n: measurement.values.length, order: withinSessions(measurement, order) };
    });
    return { conditions: each, together: seriesOf(together) };
  });
  const tested = families.flatMap(({ conditions, together }): Series[] => [...conditions, ...(together ? [together] : [])]);
  const adjusted = holm(tested.map(({ order }) => order.ljung_box_p));
  const pOf = new Map(tested.map((series, index) => [series, adjusted[index] ?? null]));
  const depends = (series: Series): boolean => (pOf.get(series) ?? 1) <= LEVELS.dependentTrials && widens(series);
  return families.flatMap(({ conditions, together }) => {
    if (together !== null && depends(together) && isOfAll(conditions)) {
      return [
        finding(
          conditions.map(({ measurement }) => measurement),
          together,
          pOf.get(together) ?? null,
        ),
      ];
    }
    return conditions.filter(depends).map((each) => finding([each.measurement], each, pOf.get(each) ?? null));
  });
}

const seriesOf = (together: InTurns | null): Series | null =>
  together && { n: together.means.length, order: timeOrder(together.means) };

const sessionsOf = ({ blocks }: Measurement): number => new Set(blocks.map(sessionOf)).size;

/** Sessions of one platform always differ a little, which their own estimators allow for. */
const withinSessions = (measurement: Measurement, order: TimeOrder): TimeOrder =>
  sessionsOf(measurement) < 2 ? order : timeOrder(ranksOf(measurement));

const widens = ({ n, order: { effective_n } }: Series): boolean =>
  effective_n !== null && Math.sqrt(n / effective_n) > NEGLIGIBLE_WIDENING;

function isOfAll(conditions: Tested["conditions"]): boolean {
  const others = withoutThe(conditions, ({ order }) => -(order.ljung_box_p ?? 1));
  const rest = seriesOf(inTurns(others.map(({ measurement }) => measurement))) ?? others[0];
  return (rest?.order.ljung_box_p ?? 1) <= STILL_THERE;
}

function finding(measurements: readonly Measurement[], { n, order }: Series, p: number | null): Finding {
  const [{ experiment, metric, condition, unit, values }, ...more] = measurements as [Measurement];
  const [subject, kind, name] =
    more.length > 0
      ? ["successive blocks are correlated", "blocks", metric]
      : ["successive trials are correlated", "trials", `${condition} ${metric}`];
  const worth = order.effective_n?.toFixed(0);
  const overSessions = measurements.every((each) => sessionsOf(each) >= FEWEST_SESSIONS);
  const interval = more.length > 0 ? null : dependentMedianInterval(values);
  const wider =
    interval === null
      ? ""
      : `; 95 % CI of the median that allows for it ${rounded(interval[0])} to ${rounded(interval[1])} ${unit}`;
  return {
    detector: "dependent-trials",
    severity: "caution",
    ...{ experiment, condition: conditionsOf(measurements), metric },
    summary: `${experiment} ${name}: ${subject} (${n} are worth about ${worth}), so intervals ${overSessions ? "of the trials alone " : ""}are too narrow`,
    evidence: `Ljung-Box on ranks p = ${order.ljung_box_p?.toPrecision(2)}, correlation of neighbours ${order.lag1_autocorrelation?.toFixed(2)}; worth about ${worth} independent ${kind} of ${n}${wider}`,
    remedy: overSessions ? REMEDY_OF_SESSIONS : REMEDY,
    rows: [],
    numbers: {
      ljung_box_p: order.ljung_box_p,
      ljung_box_p_holm: p,
      lag1_autocorrelation: order.lag1_autocorrelation,
      effective_n: order.effective_n,
      n,
      ...(interval === null ? {} : { median_lo: interval[0], median_hi: interval[1] }),
    },
  };
}
