/** What came back of an injection: where it must be, and everywhere else. */
import type { Pair } from "../../../analysis/statistics/effects/paired-differences.ts";
import { holm } from "../../../analysis/statistics/tests/holm.ts";
import { wilcoxonSignedRank } from "../../../analysis/statistics/tests/wilcoxon-signed-rank.ts";
import { CAUSE_NAMES, type Cause } from "../../../research/why/causes.ts";
import { type Shift, shift } from "../injection/recovery.ts";
import { type ExplainedStart, sumOf } from "./explained-start.ts";
import type { Injection } from "./injections.ts";
import type { InjectedBlock, InjectedStart } from "./observe-injections.ts";

export interface Recovery {
  readonly injection: Injection;
  /** What was really put in, in ms, by another account than the trace. */
  readonly put: Shift;
  /** Found in its cause, program and phase. */
  readonly found: Shift;
  /** Found less put in, of each block, in ms. */
  readonly errors_ms: readonly number[];
  readonly total: Shift;
  /** All causes but `runqueue`, `cpu` and `rcu` together. */
  readonly others: Shift;
  /** Everything else, by cause. */
  readonly elsewhere: ReadonlyMap<Cause, Shift & { readonly adjustedP: number }>;
}

export const ofCause = (start: ExplainedStart, cause: Cause): number => sumOf(start, (time) => time.cause === cause);

const isTarget = ({ target }: Injection, { cause, program, phase }: ExplainedStart["causes"][number]): boolean =>
  target !== undefined && cause === target.cause && phase === target.phase && target.program.test(program);

/** In ns; what sleeps and burns by the clock is what it was told to. */
function putIn({ amounts }: Injection, { hook }: InjectedStart, isInjected: boolean): number {
  if (amounts.burn_ms !== undefined) return hook.cpu;
  if (amounts.syncs !== undefined) return hook.blocked;
  const { sleep_ms = 0, asked_ms = 0, held_ms = 0 } = amounts;
  return isInjected ? 1e6 * (sleep_ms + asked_ms + held_ms) : 0;
}

/** @throws RangeError when a block lacks a start */
export function recoveries(injections: readonly Injection[], blocks: readonly InjectedBlock[]): Recovery[] {
  const pairsOf = (injection: Injection, value: (start: InjectedStart, isInjected: boolean) => number): Pair[] =>
    blocks.map(({ nothing, injected }) => {
      const [with_, without] = [injected.get(injection), nothing[injection.command]];
      if (with_ === undefined || without === undefined) throw new RangeError("a block lacks a start");
      return [value(with_, true), value(without, false)];
    });
  const others = injections.flatMap((injection) =>
    CAUSE_NAMES.map((cause) => ({
      ...{ injection, cause },
      pairs: pairsOf(injection, (start) => sumOf(start, (time) => time.cause === cause && !isTarget(injection, time))),
    })),
  );
  const adjusted = holm(others.map(({ pairs }) => wilcoxonSignedRank(pairs).p));
  return injections.map((injection) => {
    const put = pairsOf(injection, (start, isInjected) => putIn(injection, start, isInjected));
    const found = pairsOf(injection, (start) => sumOf(start, (time) => isTarget(injection, time)));
    return {
      injection,
      put: shift(put),
      found: shift(found),
      errors_ms: found.map(([a, b], block) => (a - b - ((put[block] as Pair)[0] - (put[block] as Pair)[1])) / 1e6),
      total: shift(pairsOf(injection, ({ total_ns }) => total_ns)),
      others: shift(pairsOf(injection, (start) => sumOf(start, ({ cause }) => !["runqueue", "cpu", "rcu"].includes(cause)))),
      elsewhere: new Map(
        others.flatMap(({ injection: of, cause, pairs }, index) =>
          of === injection ? [[cause, { ...shift(pairs), adjustedP: adjusted[index] as number }] as const] : [],
        ),
      ),
    };
  });
}

/** On the path and accounted by the kernel, in ns, of one start. */
export interface CpuPair {
  readonly program: string;
  readonly onPath: number;
  readonly accounted: number;
}

/** On-path CPU time of programs against what the kernel accounts to them. */
export const cpuPairs = (start: InjectedStart): CpuPair[] =>
  [...Object.entries(start.cpu), ["hook (hook)", start.hook.cpu] as const].map(([program, accounted]) => ({
    ...{ program, accounted },
    onPath: sumOf(start, (time) => time.cause === "cpu" && time.program === program),
  }));
