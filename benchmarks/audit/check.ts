/** What a check is. Pure: it looks at an answer of the engine, and asks nothing. */
import type { ContainerFacts, EngineFacts, ImageFacts, Surroundings, Unseen } from "./facts.ts";
import type { Severity } from "./severity.ts";

/** From what a finding follows. A distribution repairs old versions and keeps their numbers. */
export const CONFIDENCES = ["setting", "version number", "version number of a distribution"] as const;
export type Confidence = (typeof CONFIDENCES)[number];

export interface Sighting {
  /** What was seen, with values that are no secret. */
  readonly seen: string;
  /** Where it is not the check's usual one. */
  readonly severity?: Severity;
  readonly why?: string;
  readonly remedy?: string;
  readonly confidence?: Confidence;
}

export interface Check<Subject> {
  /** Never changes, as people name it in their own lists. */
  readonly id: string;
  /** What is wrong, in a few words. */
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly remedy: string;
  /** Section of the CIS Docker Benchmark ({@link BENCHMARK}); `null` where it has none. */
  readonly reference: string | null;
  readonly look: (subject: Subject, surroundings: Surroundings) => readonly Sighting[] | Unseen;
}

/** The numbers of its sections differ from one version to the next. */
export const BENCHMARK = "CIS Docker Benchmark 1.6.0";

export type ContainerCheck = Check<ContainerFacts>;
export type ImageCheck = Check<ImageFacts>;
export type DaemonCheck = Check<EngineFacts>;

export const sightings = (...found: readonly (Sighting | string | false | undefined)[]): Sighting[] =>
  found.flatMap((one) => (one === false || one === undefined ? [] : typeof one === "string" ? { seen: one } : one));
