/** What all claims of arXiv:2602.15214 share: where the numbers stand, and the names of machines and files. */
import type { BootstrapOptions } from "../../statistics/bootstrap/bootstrap-replicates.ts";

export const ABSTRACT = "arXiv:2602.15214v1, abstract";
export const STUDY_README = "github.com/opscart/docker-internals-guide, research/README.md";

export const SSD = "azure-premium-ssd";
export const HDD = "azure-standard-hdd";
export const MACOS = "macos-docker-desktop";
export const PLATFORMS = [SSD, HDD, MACOS] as const;

export const STARTUP = "01-startup-latency.csv";
export const CPU = "03-cpu-throttling.csv";
export const WRITE = "04-write-performance.csv";
export const NAMESPACES = "07-namespace-overhead.csv";

export const WARM = (image: string): string => `${image} warm`;

/** The images, from the smallest to the largest, with their sizes as the study's script gives them. */
export const IMAGES = [
  { image: "alpine", size_mb: 5 },
  { image: "nginx", size_mb: 67 },
  { image: "python_3.11-slim", size_mb: 155 },
] as const;

/** The same numbers every time, and enough for three digits of a ratio's ends. */
export const BOOTSTRAP: BootstrapOptions = { seed: 1, replicates: 5_000 };

/** Stands in a command for the study's folder. */
export const DATA = "{data}";
