/** Flags of `docker run` that make a condition. */
import * as z from "zod";
import { IMAGE_NAME_PATTERN } from "../protocol.ts";

/** Flags of `docker run` with which an experiment starts its containers. */
export const variant = z.strictObject({
  /** As in the tables; `null` where flags were given for all starts, and no variants. */
  name: z.string().regex(IMAGE_NAME_PATTERN).nullable(),
  /** As typed, each `--name=value`; of an environment variable the name, and a salted hash of its value. */
  flags: z.array(z.string()),
  /** What the engine made of them, where it differs from a container without flags; `null` where it made none. */
  settings: z.record(z.string(), z.unknown()).nullable(),
  /** Why there was none. */
  problem: z.string().optional(),
});
