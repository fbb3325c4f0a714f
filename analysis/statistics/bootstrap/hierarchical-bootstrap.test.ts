import { describe, expect, test } from "vitest";
import { bootstrapRows } from "./bootstrap-rows.ts";
import { hierarchicalBootstrap } from "./hierarchical-bootstrap.ts";
import type { Resample } from "./resample.ts";

// three sessions of four trials, taken in turns
const trials = [281, 291, 283, 277, 301, 289, 290, 297, 281, 284, 294, 278];
const sessions = ["a", "b", "c", "a", "b", "c", "a", "b", "c", "a", "b", "c"];
const average = ({ rows }: Resample): number =>
  Array.from(rows).reduce((sum, row) => sum + (trials[row] as number), 0) / rows.length;
const options = { seed: 42, replicates: 10_000 };

describe("hierarchical bootstrap", () => {
  test("standard error of the mean is that of both stages", () => {
    // Davison and Hinkley 1997, section 3.8: variance of the k sessions' means, plus the mean over sessions of
    // Σ(y − ȳᵢ)² / m² for m trials each, divided by k.
    // numpy: t = numpy.array(trials).reshape(4, 3).T; ((t.mean(1).var() + (t.var(1) / 4).mean()) / 3) ** .5
    const expected = 3.706382133363817;
    const result = hierarchicalBootstrap(sessions, average, options);
    expect((result?.standardError as number) / expected).toBeGreaterThan(0.97);
    expect((result?.standardError as number) / expected).toBeLessThan(1.03);
    expect(result?.estimate).toBeCloseTo(287.1666666667, 9);
  });

  test("draws rows of the sessions drawn, as many as each has, also when they are unequal", () => {
    const unequal = [1, 1, 1, 1, 1, 2, 2];
    const sizes = new Set<number>();
    hierarchicalBootstrap(
      unequal,
      ({ rows, counts }) => {
        expect(Array.from(counts).reduce((sum, count) => sum + count, 0)).toBe(rows.length);
        const ofFirst = Array.from(rows).filter((row) => row < 5).length;
        expect([0, 5, 10]).toContain(ofFirst);
        expect([0, 2, 4]).toContain(rows.length - ofFirst);
        sizes.add(rows.length);
        return ofFirst / rows.length;
      },
      { seed: 1, replicates: 200 },
    );
    // 5 and 2 also when one session is left out
    expect([...sizes].sort((a, b) => a - b)).toEqual([2, 4, 5, 7, 10]);
  });

  test("is wider than the pooled rows where sessions differ", () => {
    const [nested, pooled] = [hierarchicalBootstrap(sessions, average, options), bootstrapRows(12, average, options)];
    expect(nested?.standardError).toBeGreaterThan(1.3 * (pooled?.standardError as number));
  });

  test("the same seed gives the same interval, and the sessions' names do not matter", () => {
    const numbered = sessions.map((session) => ({ a: 3, b: 1, c: 2 })[session] as number);
    expect(hierarchicalBootstrap(numbered, average, options)).toEqual(hierarchicalBootstrap(sessions, average, options));
  });

  test("a single session has none: what it says holds for that session only", () => {
    expect(hierarchicalBootstrap([1, 1, 1], () => 1, options)).toBeNull();
    expect(hierarchicalBootstrap([], () => 1, options)).toBeNull();
  });
});
