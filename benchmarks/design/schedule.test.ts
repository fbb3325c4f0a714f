import { describe, expect, it } from "vitest";
import { blocksOf, type Design, schedule } from "./schedule.ts";

const design: Design = {
  variants: [null],
  images: ["small", "medium", "large"],
  iterations: { warm: 50, cold: 20 },
  warmupBlocks: 2,
  seed: 7,
};
const trials = schedule(design).flatMap(({ block, trials: inBlock }) =>
  inBlock.map((trial, index) => ({ ...trial, block, index })),
);

describe("schedule", () => {
  it("gives every condition its iterations, warm-ups apart", () => {
    for (const image of design.images) {
      const of = (mode: string, warmup: boolean) =>
        trials.filter((trial) => trial.image === image && trial.mode === mode && trial.warmup === warmup).length;
      expect([of("warm", false), of("cold", false), of("cold", true)]).toEqual([50, 20, 0]);
      expect(of("warm", true)).toBe(2 + 20);
    }
  });

  it("runs each warm condition once in every block", () => {
    for (const { block, trials: inBlock } of schedule(design)) {
      const warm = inBlock.filter(({ mode, warmup }) => mode === "warm" && warmup === block <= 2).map(({ image }) => image);
      expect(warm.filter((image, index) => warm.indexOf(image) === index).length).toBe(3);
    }
  });

  it("lets no measured warm start follow a cold one directly: every image is started once in between", () => {
    for (const { block, trials: inBlock } of schedule(design)) {
      const cold = inBlock.findIndex(({ mode }) => mode === "cold");
      if (cold === -1) {
        expect(inBlock.every(({ warmup }) => warmup === block <= 2)).toBe(true);
        continue;
      }
      const together = inBlock.slice(cold, cold + 6);
      expect(together.map(({ mode, warmup }) => `${mode} ${warmup}`)).toEqual([
        ...Array<string>(3).fill("cold false"),
        ...Array<string>(3).fill("warm true"),
      ]);
      expect(new Set(together.slice(0, 3).map(({ image }) => image)).size).toBe(3);
      expect(new Set(together.slice(3).map(({ image }) => image)).size).toBe(3);
      expect(inBlock.filter(({ warmup }) => warmup)).toHaveLength(3);
    }
  });

  it("spreads the cold starts: one in each twentieth of the blocks", () => {
    for (const image of design.images) {
      const blocks = trials.filter((trial) => trial.image === image && trial.mode === "cold").map(({ block }) => block - 3);
      expect(blocks.map((block) => Math.floor((block * 20) / 50))).toEqual(Array.from({ length: 20 }, (_, index) => index));
    }
  });

  it("variants take turns in each block, and each is warmed after the block's cold starts", () => {
    const blocks = schedule({ ...design, images: ["a"], variants: ["base", "host"], iterations: { warm: 5, cold: 2 } });
    for (const { block, trials: inBlock } of blocks) {
      const warm = inBlock.filter(({ mode, warmup }) => mode === "warm" && warmup === block <= 2);
      expect(warm.map(({ variant }) => variant).sort()).toEqual(["base", "host"]);
      const cold = inBlock.filter(({ mode }) => mode === "cold").map(({ variant }) => variant);
      const warming = inBlock.filter(({ warmup }) => warmup && block > 2).map(({ variant }) => variant);
      expect(warming.sort()).toEqual(cold.sort());
      expect([0, 2]).toContain(cold.length);
    }
    expect(blocks.flatMap(({ trials: inBlock }) => inBlock).filter(({ mode }) => mode === "cold")).toHaveLength(2 * 2);
  });

  it("is drawn from the seed", () => {
    expect(schedule(design)).toEqual(schedule(design));
    expect(schedule(design)).not.toEqual(schedule({ ...design, seed: 8 }));
  });

  it("puts every condition first in some block: the order is not fixed", () => {
    const first = new Set(
      trials.filter(({ index, block }) => index === 0 && block > 2).map(({ image, mode }) => `${image} ${mode}`),
    );
    expect(first.size).toBe(6);
  });

  it("works without cold starts", () => {
    expect(schedule({ ...design, iterations: { warm: 5, cold: 0 } }).flatMap((block) => block.trials)).toHaveLength(3 * (5 + 2));
  });
});

describe("blocksOf", () => {
  const conditions = ["a", "b", "c", "d"];
  const groups = conditions.map((condition) => [condition]);
  const blocks = blocksOf(groups, 30, 2, 7);

  it("has every condition once in every block, the first ones to warm up", () => {
    expect(blocks.map(({ block }) => block)).toEqual(Array.from({ length: 32 }, (_, index) => index + 1));
    for (const { block, trials: inBlock } of blocks) {
      expect(inBlock.flatMap((group) => group.conditions).sort()).toEqual(conditions);
      expect(inBlock.every(({ warmup }) => warmup === block <= 2)).toBe(true);
    }
  });

  it("is drawn from the seed, and puts every condition first in some block", () => {
    expect(blocksOf(groups, 30, 2, 7)).toEqual(blocks);
    expect(blocksOf(groups, 30, 2, 8)).not.toEqual(blocks);
    expect(new Set(blocks.map(({ trials: [first] }) => first?.conditions[0])).size).toBe(4);
  });

  it("keeps a group together, and draws the order of the groups and within each", () => {
    const together = blocksOf(
      [
        ["a", "b", "c"],
        ["d", "e", "f"],
      ],
      60,
      0,
      7,
    );
    const orders = together.map(({ trials: inBlock }) => inBlock.map((group) => group.conditions.join("")));
    for (const order of orders) expect(order.map((group) => [...group].sort().join("")).sort()).toEqual(["abc", "def"]);
    expect(new Set(orders.map(([first]) => first?.[0])).size).toBe(6);
    expect(new Set(orders.flat()).size).toBe(12);
  });

  it("spreads what is measured less often over all blocks, and warms all up", () => {
    const spread = blocksOf([["a", "b"], ["c"]], 50, 1, 7, (condition) => (condition === "a" ? 50 : 20));
    const due = (condition: string): number[] =>
      spread.flatMap(({ block, trials: inBlock }) =>
        inBlock.some((group) => group.conditions.includes(condition)) ? [block] : [],
      );
    expect([due("a"), due("b"), due("c")].map((blocks) => blocks.length)).toEqual([51, 21, 21]);
    expect(due("b")).not.toEqual(due("c"));
    const measured = due("b").filter((block) => block > 1);
    for (let stretch = 0; stretch < 10; stretch += 1)
      expect(measured.filter((block) => block - 2 >= 5 * stretch && block - 2 < 5 * (stretch + 1))).toHaveLength(2);
    expect(spread.every(({ trials: inBlock }) => inBlock.every(({ conditions: of }) => of.length > 0))).toBe(true);
  });
});
