import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Independent standard normal numbers, the same for the same seed. */
export type NormalDraws = () => number;

/** By the polar transformation (Box and Muller, "A note on the generation of random normal deviates", 1958). */
export function normalDraws(seed: number): NormalDraws {
  const random = xoroshiro128plus(seed);
  // Neighbouring seeds begin alike; 2⁶⁴ numbers on, they do not.
  random.jump();
  return () => Math.sqrt(-2 * Math.log(1 - uniformFloat64(random))) * Math.cos(2 * Math.PI * uniformFloat64(random));
}
