/**
 * The tables of arXiv:2602.15214, as its analyze_results.py prints them: first each test's samples by platform, then the
 * platforms side by side (`--compare`). Which numbers, from which column, with what left out; not how they are computed.
 */

export interface StudyTableDeclaration {
  readonly id: string;
  readonly title: string;
  readonly experiment: string;
  readonly quantities: readonly Quantity[];
  /** Which conditions, by a factor's value; all of them when absent. */
  readonly only?: Readonly<Record<string, string>>;
  /** Whether the study leaves out values that are not above 0, without saying so. */
  readonly positiveOnly: boolean;
  /** How the rows follow each other: each platform with its conditions, or each condition with its platforms. */
  readonly order: "platform" | "condition";
  /** Decimals of means, deviations and intervals in print. */
  readonly digits: 1 | 2;
  readonly contrasts: Contrasts | null;
}

export interface Quantity {
  readonly metric: string;
  /** Without the sign, as the study takes its deviations from the target. */
  readonly absolute?: true;
}

/** What is held against what: two conditions of one platform, or every pair of platforms in one condition. */
export type Contrasts =
  | {
      readonly of: "conditions";
      readonly factor: string;
      readonly a: string;
      readonly b: string;
      readonly effect: EffectKind;
      readonly tested: boolean;
    }
  | { readonly of: "platforms"; readonly effect: null; readonly tested: true };

/** All of means that were rounded before. */
export const EFFECT_KINDS = ["ratio", "overhead_pct", "difference"] as const;
export type EffectKind = (typeof EFFECT_KINDS)[number];

const byPlatform = { positiveOnly: false, order: "platform", digits: 2, contrasts: null } as const;
const sideBySide = { positiveOnly: true, order: "condition", digits: 2, contrasts: null } as const;

export const STUDY_TABLES = [
  { ...byPlatform, id: "startup", title: "Startup", experiment: "startup", quantities: [{ metric: "startup_ms" }] },
  { ...byPlatform, id: "copy-up", title: "Copy-up", experiment: "copy-up", quantities: [{ metric: "copyup_ms" }] },
  {
    ...byPlatform,
    id: "cpu-throttling",
    title: "CPU throttling",
    experiment: "cpu-throttling",
    quantities: [{ metric: "measured_pct" }, { metric: "variance_pct", absolute: true }],
  },
  {
    ...byPlatform,
    id: "write",
    title: "Sequential writes",
    experiment: "write",
    quantities: [{ metric: "write_speed_mbps" }],
    contrasts: { of: "conditions", factor: "storage", a: "overlayfs", b: "volume", effect: "ratio", tested: true },
  },
  {
    ...byPlatform,
    id: "metadata",
    title: "Metadata operations",
    experiment: "metadata",
    quantities: [{ metric: "duration_ms" }],
    contrasts: { of: "conditions", factor: "storage", a: "overlayfs", b: "volume", effect: "overhead_pct", tested: false },
  },
  { ...byPlatform, id: "pull", title: "Image pulls", experiment: "pull", quantities: [{ metric: "pull_time_ms" }] },
  { ...byPlatform, id: "namespaces", title: "Namespaces", experiment: "namespaces", quantities: [{ metric: "duration_ms" }] },
  {
    ...byPlatform,
    id: "network",
    title: "Network round trips",
    experiment: "network",
    quantities: [{ metric: "avg_rtt_ms" }],
    positiveOnly: true,
    contrasts: { of: "conditions", factor: "network", a: "bridge", b: "host", effect: "difference", tested: true },
  },
  {
    ...byPlatform,
    id: "memory",
    title: "Memory",
    experiment: "memory",
    quantities: [{ metric: "per_container_mem_mb" }, { metric: "total_mem_mb" }],
  },
  {
    ...sideBySide,
    id: "startup-platforms",
    title: "Warm startup, platforms side by side",
    experiment: "startup",
    quantities: [{ metric: "startup_ms" }],
    only: { mode: "warm" },
    positiveOnly: false,
    digits: 1,
    contrasts: { of: "platforms", effect: null, tested: true },
  },
  {
    ...sideBySide,
    id: "copy-up-platforms",
    title: "Copy-up, platforms side by side",
    experiment: "copy-up",
    quantities: [{ metric: "copyup_ms" }],
  },
  {
    ...sideBySide,
    id: "cpu-throttling-platforms",
    title: "CPU throttling, platforms side by side",
    experiment: "cpu-throttling",
    quantities: [{ metric: "measured_pct" }],
  },
  {
    ...sideBySide,
    id: "namespaces-platforms",
    title: "Namespaces, platforms side by side",
    experiment: "namespaces",
    quantities: [{ metric: "duration_ms" }],
  },
  {
    ...sideBySide,
    id: "network-platforms",
    title: "Network round trips, platforms side by side",
    experiment: "network",
    quantities: [{ metric: "avg_rtt_ms" }],
  },
  {
    ...sideBySide,
    id: "memory-platforms",
    title: "Memory of a container, platforms side by side",
    experiment: "memory",
    quantities: [{ metric: "per_container_mem_mb" }],
  },
] as const satisfies readonly StudyTableDeclaration[];

export type StudyTableId = (typeof STUDY_TABLES)[number]["id"];
