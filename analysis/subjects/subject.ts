/** A platform as it was read, ours or the study's: what every analysis, comparison, figure and report starts from. */
import type { Engine } from "../../research/text/phase-words.ts";
import type { Condition } from "./condition.ts";
import type { ConditionKey } from "./key.ts";
import type { Measurement } from "./measurement.ts";
import type { Source } from "./platform.ts";

export interface Subject {
  readonly label: string;
  readonly measurements: readonly Measurement[];
  /** Of ours; the study's files say nothing of their conditions but the names. */
  readonly conditions: ReadonlyMap<ConditionKey, Condition>;
  /** What a reader of the numbers should know: missing files, missing values, what was measured in several ways. */
  readonly caveats: readonly string[];
  /** What it was measured on and with, by name, for what may explain a difference; only what the source says. */
  readonly facts: Readonly<Record<string, string>>;
  /** The folder that it was read from: its sessions and files. */
  readonly source: Source;
}

/** What started its containers, in the last session; `undefined` for the study's folders, which do not describe it. */
export const engineOf = ({ source }: Subject): Engine | undefined =>
  "manifest" in source ? source.manifest.sessions.at(-1)?.engine : undefined;

/** Of the variants of its starts by name: flags of `docker run`, as typed. */
export function flagsOf({ source }: Pick<Subject, "source">): ReadonlyMap<string, string> {
  const sessions = "manifest" in source ? source.manifest.sessions : [];
  return new Map(
    sessions.flatMap(({ variants = [] }) =>
      variants.flatMap(({ name, flags }) => (name === null ? [] : [[name, flags.join(" ")] as const])),
    ),
  );
}

/** Names of the variants of its starts, in the order in which they were named: the others are compared with the first. */
export function variantsOf({ source }: Pick<Subject, "source">): string[] {
  const sessions = "manifest" in source ? source.manifest.sessions : [];
  return [...new Set(sessions.flatMap(({ variants = [] }) => variants.flatMap(({ name }) => name ?? [])))];
}
