import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A whole number, 0 to size − 1, each as likely as the others. */
export type RandomIndex = (size: number) => number;

/** The same seed draws the same numbers on every machine (Blackman and Vigna's xoroshiro128+). */
export function randomIndex(seed: number): RandomIndex {
  const random = xoroshiro128plus(seed);
  // Its first numbers hardly depend on the seed (the very first is always −1); 2⁶⁴ numbers on, they do.
  random.jump();
  return (size) => uniformInt(random, 0, size - 1);
}
