import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A whole number, 0 to size − 1, each as likely as the others. */
export type RandomIndex = (size: number) => number;

/** How many different words the generator draws, as whole numbers from −2³¹ on. */
const WORDS = 2 ** 32;

/**
 * The same seed draws the same numbers on every machine (Blackman and Vigna's xoroshiro128+): the remainder of a word, and of
 * another one where the remainders of those from this word on are not equally many. Without `%`, which takes several times as
 * long for words of 32 bits.
 */
export function randomIndex(seed: number): RandomIndex {
  const random = xoroshiro128plus(seed);
  // Its first numbers hardly depend on the seed (the very first is always −1); 2⁶⁴ numbers on, they do.
  random.jump();
  return (size) => {
    const whole = Math.floor(WORDS / size) * size;
    let word = random.next() + WORDS / 2;
    while (word >= whole) word = random.next() + WORDS / 2;
    return word - Math.floor(word / size) * size;
  };
}
