/** What the screens of an analysis are drawn with. */

import type { Engine } from "../../../research/text/phase-words.ts";
import type { Terminal } from "../../../research/text/screen/terminal.ts";
import type { Paint } from "./bars.ts";

export interface ScreenView {
  readonly terminal: Terminal;
  readonly paint: Paint;
  /** All phases of the conditions shown, instead of the largest three of one. */
  readonly phases: boolean;
}

/** How the commands on a screen name a platform. */
export interface Called {
  /** Where a platform is asked for: its label, or its folder's path. */
  readonly platform: string;
  /** With `--platform`; `undefined` where its folder has a name that is no label. */
  readonly label: string | undefined;
  /** With `--out`; `undefined` where it is not needed. */
  readonly out: string | undefined;
}

/** What the summary of a platform does not say. */
export interface PlatformFacts {
  /** Of its subject: machine and engine by name. */
  readonly facts: Readonly<Record<string, string>>;
  /** `undefined` where the source does not describe it. */
  readonly engine: Engine | undefined;
  readonly called: Called;
  /** Of its variants, by name. */
  readonly flags: ReadonlyMap<string, string>;
}

const NAMED = ["engine", "runtime", "probe", "storage driver", "processor"] as const;

/** `Docker 20.10.24`, `runc 1.1.5`, `overlay2`, `2 × AMD EPYC`, `tracefs`: as much as is known. */
export const factsOf = ({ facts, engine }: PlatformFacts): string[] =>
  NAMED.flatMap((name) => {
    const value = facts[name];
    if (value === undefined) return [];
    if (name === "engine")
      return [`${engine !== undefined && "Engine" in engine.components ? "Docker" : "engine"} ${short(value)}`];
    return [short(value)];
  });

/** A package's version without the distribution's suffix. */
const short = (value: string): string => value.replace(/(\d)[+~][\w.~+]+/g, "$1");
