/** The numbers that the study typed into the program that draws its figure 7 (research/generate-docker-compose.py of its repository). */

export interface TypedIn {
  readonly namespaces_ms: number;
  readonly start_ms: number;
  /** Whether the data of that machine have it. */
  readonly measured: boolean;
}

export const FIGURE_SEVEN = {
  "azure-premium-ssd": { namespaces_ms: 7.94, start_ms: 567.62, measured: true },
  "azure-standard-hdd": { namespaces_ms: 8.45, start_ms: 1157.49, measured: true },
  "macos-docker-desktop": { namespaces_ms: 8, start_ms: 1528.09, measured: false },
} as const satisfies Readonly<Record<string, TypedIn>>;
