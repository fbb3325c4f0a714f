import { elapsedNs } from "../../research/units.ts";
import type { Clock } from "../design/ports.ts";
import type { WallAround } from "../timeline/wall-step.ts";

/** Reads the wall clock now, and again when the result is called, to show that it was not set in between. */
export function watchWall(clock: Clock): () => WallAround {
  const began = clock.now();
  const before = clock.wallOffset();
  return () => {
    const after = clock.wallOffset();
    return { before, after, elapsed: elapsedNs(began, clock.now()) };
  };
}
