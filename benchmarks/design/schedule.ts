/** The order of trials: seeded, blocked, interleaved. The same seed gives the same order on every machine. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { MODES, type Mode, STARTUP } from "../../research/protocol.ts";
import { shuffled } from "../../research/shuffled.ts";

export interface ScheduledTrial {
  readonly image: string;
  readonly mode: Mode;
  /** `null` where there are no variants. */
  readonly variant: string | null;
  /** Recorded, not summarised. */
  readonly warmup: boolean;
}

export interface Block<T = ScheduledTrial> {
  readonly block: number;
  readonly trials: readonly T[];
}

/** Conditions that are measured one after the other in one container; only one, where each has its own. */
export interface Group<C> {
  readonly conditions: readonly C[];
  readonly warmup: boolean;
}

export interface Design {
  readonly images: readonly string[];
  /** Each image is started in every one of them; `null` where there are none. */
  readonly variants: readonly (string | null)[];
  readonly iterations: Readonly<Record<Mode, number>>;
  readonly warmupBlocks: number;
  readonly seed: number;
}

/**
 * One pass over every condition a block, in an order drawn from the seed. A mode with fewer iterations than there are
 * blocks is spread over them: the blocks are cut into as many equal stretches and one block is drawn from each, so that
 * slow drift meets all modes alike. The cold starts of a block follow one another, each with a cache of its own dropped, and
 * after the last every image is started once in every variant, recorded as warm-up, because dropping the cache evicts the
 * files of all of them, and the engine's and the runtime's own programs too.
 */
export function schedule({ images, variants, iterations, warmupBlocks, seed }: Design): Block[] {
  const random = xoroshiro128plus(seed);
  const measuredBlocks = Math.max(...MODES.map((mode) => iterations[mode]));
  const kinds = images.flatMap((image) => variants.map((variant): Kind => ({ image, variant })));
  const due = Object.fromEntries(MODES.map((mode) => [mode, spread(iterations[mode], measuredBlocks, random)]));
  const each = (mode: Mode, warmup: boolean): ScheduledTrial[] => kinds.map((kind) => ({ ...kind, mode, warmup }));
  return Array.from({ length: warmupBlocks + measuredBlocks }, (_, index): Block => {
    const isWarmup = index < warmupBlocks;
    const isDue = (mode: Mode): boolean => due[mode]?.has(index - warmupBlocks) ?? false;
    const warm = isWarmup || isDue("warm") ? each("warm", isWarmup).map((trial) => [trial]) : [];
    const cold = isDue("cold") ? [[...shuffled(each("cold", false), below(random)), ...each("warm", true)]] : [];
    return { block: index + 1, trials: shuffled([...warm, ...cold], below(random)).flat() };
  });
}

/**
 * Every condition once in every block: the groups, and the conditions of each, in an order drawn from the seed.
 * @param timesOf of a condition that is not measured in all blocks: it is spread over them, as cold starts are
 */
export function blocksOf<C>(
  groups: readonly (readonly C[])[],
  iterations: number,
  warmupBlocks: number,
  seed: number,
  timesOf: (condition: C) => number = () => iterations,
): Block<Group<C>>[] {
  const random = xoroshiro128plus(seed);
  const rare = groups.flat().filter((condition) => timesOf(condition) < iterations);
  const places = new Map(rare.map((condition) => [condition, spread(timesOf(condition), iterations, random)]));
  return Array.from({ length: warmupBlocks + iterations }, (_, index) => {
    const warmup = index < warmupBlocks;
    const isDue = (condition: C): boolean => warmup || (places.get(condition)?.has(index - warmupBlocks) ?? true);
    return {
      block: index + 1,
      trials: shuffled(groups, below(random))
        .map((group) => ({ conditions: shuffled(group, below(random)).filter(isDue), warmup }))
        .filter(({ conditions }) => conditions.length > 0),
    };
  });
}

type Kind = Pick<ScheduledTrial, "image" | "variant">;

const below =
  (random: RandomGenerator) =>
  (size: number): number =>
    uniformInt(random, 0, size - 1);

/** `count` of the numbers 0 … `blocks` − 1, one from each of `count` equal stretches. */
function spread(count: number, blocks: number, random: RandomGenerator): Set<number> {
  const stretchBegin = (stretch: number): number => Math.ceil((stretch * blocks) / count);
  return new Set(
    Array.from({ length: count }, (_, stretch) => uniformInt(random, stretchBegin(stretch), stretchBegin(stretch + 1) - 1)),
  );
}

/** Cold starts come in the protocol's proportion to the warm ones. */
export const iterationsOf = (warm: number, coldIsMeasurable: boolean): Record<Mode, number> => ({
  warm,
  cold: coldIsMeasurable ? Math.round((warm * STARTUP.coldIterations) / STARTUP.warmIterations) : 0,
});
