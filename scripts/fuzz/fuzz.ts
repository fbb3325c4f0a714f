/** Damages every table so often, and says what became of it. */
import { mutated, picker } from "./mutations.ts";
import { ENDINGS, type Ending, type FuzzSubject } from "./subjects.ts";

export interface FuzzReport {
  readonly name: string;
  readonly endings: Readonly<Record<Ending, number>>;
  /** The first few that must not be, with the seed that makes them again. */
  readonly failures: readonly string[];
  readonly slowest_ms: number;
}

/** Reading some forty rows takes a millisecond: whatever takes this long hangs for a file of a million. */
const HANGS_MS = 2_000;
const MOST_FAILURES = 5;

export function fuzz({ name, text, ending }: FuzzSubject, mutations: number, seed: number): FuzzReport {
  const endings = Object.fromEntries(ENDINGS.map((each) => [each, 0])) as Record<Ending, number>;
  const failures: string[] = [];
  let slowest_ms = 0;
  for (let index = 0; index < mutations && failures.length < MOST_FAILURES; index += 1) {
    const own = seed * 1_000_003 + index;
    const mutant = mutated(text, picker(own));
    const begun = performance.now();
    try {
      endings[ending(mutant)] += 1;
    } catch (error) {
      failures.push(`${name}, seed ${own}: ${(error as Error).message}`);
    }
    const took = performance.now() - begun;
    if (took > HANGS_MS) failures.push(`${name}, seed ${own}: took ${Math.round(took)} ms`);
    slowest_ms = Math.max(slowest_ms, took);
  }
  return { name, endings, failures, slowest_ms };
}
