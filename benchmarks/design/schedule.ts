/** The order of trials: seeded, blocked, interleaved. The same seed gives the same order on every machine. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { MODES, type Mode, STARTUP } from "../../research/protocol.ts";
import { shuffled } from "../../research/shuffled.ts";

export interface ScheduledTrial {
  readonly image: string;
  readonly mode: Mode;
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
  readonly iterations: Readonly<Record<Mode, number>>;
  readonly warmupBlocks: number;
  readonly seed: number;
}

/**
 * One pass over every condition a block, in an order drawn from the seed. A mode with fewer iterations than there are
 * blocks is spread over them: the blocks are cut into as many equal stretches and one block is drawn from each, so that
 * slow drift meets all conditions alike. A cold start is followed by a warming start of every image, recorded as warm-up,
 * because dropping the cache evicts the files of all of them, and the engine's and the runtime's own programs too.
 */
export function schedule({ images, iterations, warmupBlocks, seed }: Design): Block[] {
  const random = xoroshiro128plus(seed);
  const measuredBlocks = Math.max(...MODES.map((mode) => iterations[mode]));
  const conditions = images.flatMap((image) =>
    MODES.map((mode) => ({ image, mode, blocks: spread(iterations[mode], measuredBlocks, random) })),
  );
  return Array.from({ length: warmupBlocks + measuredBlocks }, (_, index): Block => {
    const warmup = index < warmupBlocks;
    const due: ScheduledTrial[] = warmup
      ? images.map((image) => ({ image, mode: "warm", warmup }))
      : conditions.filter(({ blocks }) => blocks.has(index - warmupBlocks)).map(({ image, mode }) => ({ image, mode, warmup }));
    return { block: index + 1, trials: shuffled(due, below(random)).flatMap((trial) => withWarmingStarts(trial, images)) };
  });
}

/** Every condition once in every block: the groups, and the conditions of each, in an order drawn from the seed. */
export function blocksOf<C>(
  groups: readonly (readonly C[])[],
  iterations: number,
  warmupBlocks: number,
  seed: number,
): Block<Group<C>>[] {
  const random = xoroshiro128plus(seed);
  return Array.from({ length: warmupBlocks + iterations }, (_, index) => ({
    block: index + 1,
    trials: shuffled(groups, below(random)).map((group) => ({
      conditions: shuffled(group, below(random)),
      warmup: index < warmupBlocks,
    })),
  }));
}

/** The cold image first: the others' warming starts then find the engine's programs warm, as a warm trial would. */
const withWarmingStarts = (trial: ScheduledTrial, images: readonly string[]): ScheduledTrial[] =>
  trial.mode === "warm"
    ? [trial]
    : [
        trial,
        ...[trial.image, ...images.filter((image) => image !== trial.image)].map((image) => ({
          image,
          mode: "warm" as const,
          warmup: true,
        })),
      ];

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
