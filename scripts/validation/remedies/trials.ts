/** Each remedy of the product's table: which two states of the machine are compared in turns, and what the cause predicts. */
import type { CauseTime } from "../../../benchmarks/timeline/causes/start-causes.ts";
import { remedyFor } from "../../../research/why/remedies.ts";
import type { State } from "./states.ts";

export interface Trial {
  /** Of research/why/remedies.ts. */
  readonly remedy: string;
  /** What was done, in words. */
  readonly mended: string;
  readonly unmended: string;
  readonly states: readonly [unmended: State, mended: State];
  /** The time of an unmended start that the remedy should take away. */
  readonly predicts: (time: CauseTime) => boolean;
}

/** The times beside which the product names the remedy. */
const advisedOn =
  (remedy: string) =>
  ({ cause, program, place }: CauseTime): boolean =>
    remedyFor(cause, program, place)?.name === remedy;

export const TRIALS: readonly Trial[] = [
  {
    remedy: "network",
    ...{ unmended: "bridge", mended: "`--network host`" },
    states: ["usual", "host"],
    // Without a network to set up, the hook's other time goes, too.
    predicts: (time) => time.phase === "hook" || advisedOn("network")(time),
  },
  {
    remedy: "fstrim",
    ...{ unmended: "ext4 with `discard` and no journal", mended: "the same without `discard`" },
    states: ["discard", "no-discard"],
    predicts: advisedOn("fstrim"),
  },
  {
    remedy: "data-root",
    ...{ unmended: "data root on this machine's disk", mended: "in memory (tmpfs)" },
    states: ["usual", "memory"],
    // The runtime writes below the exec root, which stays where it is.
    predicts: (time) => !time.program.startsWith("runc") && (advisedOn("data-root")(time) || advisedOn("fstrim")(time)),
  },
  {
    remedy: "page-cache",
    ...{ unmended: "page cache dropped before the start", mended: "warm" },
    states: ["cold", "usual"],
    predicts: advisedOn("page-cache"),
  },
  {
    remedy: "rcu-expedited",
    ...{ unmended: "`rcu_expedited` 0", mended: "1" },
    states: ["rcu-usual", "rcu-expedited"],
    // Also where another remedy is named first.
    predicts: ({ cause, place }) => cause === "rcu" && /synchronize_rcu_normal/.test(place ?? ""),
  },
  {
    remedy: "processors",
    ...{ unmended: "a busy loop on every processor", mended: "none" },
    states: ["busy", "usual"],
    predicts: advisedOn("processors"),
  },
  {
    remedy: "processors",
    ...{ unmended: "a busy loop on every processor", mended: "the loops at `nice 19`" },
    states: ["busy", "nice"],
    predicts: advisedOn("processors"),
  },
];

/** Why the others were not tried. */
export const NOT_TRIED: Readonly<Record<string, string>> = {
  favordynmods:
    "it cannot be switched back on Linux 6.18, and the virtual machine of the validation may be an emulated one, whose times mean nothing",
  "no-hook": "another version of Docker is another engine: what `--network host` saves is the most that it can save",
};
