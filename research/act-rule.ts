import type { Milestone } from "./milestones.ts";
import { type Probe, seenBy } from "./protocol.ts";
import type { Nanoseconds } from "./units.ts";

/** How the moment at which the entrypoint acted was determined. Starts that were read by different rules are not compared. */
export const ACT_RULES = ["own-output", "client-bound", "fd-1"] as const;
export type ActRule = (typeof ACT_RULES)[number];

export const ACT_RULE_MEANINGS = {
  "own-output":
    "the entrypoint's first write to the container's output, wherever it has moved its descriptors; or its exit, where it wrote nothing",
  "client-bound":
    "an upper bound: the first byte that the client read, because the kernel was not watched or its trace leaves open which write came first",
  "fd-1":
    "the first write to descriptor 1, which may be a file or a pipe of the entrypoint's own (before descriptors were followed)",
} as const satisfies Record<ActRule, string>;

/** The rule by which the entrypoint's act was determined; rows from before the column act_rule do not name it. */
export const actRuleOf = ({ act_rule, probe }: { readonly act_rule: ActRule | null; readonly probe: Probe | null }): ActRule =>
  act_rule ?? (probe !== null && seenBy(probe) === "kernel" ? "fd-1" : "client-bound");

/**
 * How much later the client may read the first byte than it was written: by the way through shim and daemon. Where it is
 * more, the write that was taken for the act was probably not to the container's own output. At worst it took 5.8 ms in the 792
 * starts of the results here.
 */
export const DELIVERY_LIMIT_MS = 20;

/**
 * Why the end of a start is doubtful: kernel and client disagree by more than delivery explains. `null` where they do not.
 * @param clockError bound of the error between their clocks in ns
 */
export function actDoubt(
  { entry_acts, first_byte }: Readonly<Partial<Record<Milestone, Nanoseconds | null>>>,
  clockError: number,
): string | null {
  if (entry_acts == null || first_byte == null) return null;
  const later = (first_byte - entry_acts) / 1e6;
  if (later <= DELIVERY_LIMIT_MS + clockError / 1e6) return null;
  return `the client read the first byte ${later.toFixed(1)} ms after the entrypoint acted according to the kernel, and delivery takes at most about ${DELIVERY_LIMIT_MS} ms`;
}
