/** The claims that are audited. Another study's are added beside them: research/CLAIMS.md says how. */
import type { Claim } from "./claim.ts";
import { dockerDesktop } from "./claims/docker-desktop.ts";
import { imageSize } from "./claims/image-size.ts";
import { namespaceShare, namespaceTime } from "./claims/namespaces.ts";
import { overlayfsWrites } from "./claims/overlayfs-writes.ts";
import { iterations, zIntervals } from "./claims/sampling.ts";
import { storageTier } from "./claims/storage-tier.ts";
import { throttlingVariance } from "./claims/throttling-variance.ts";

/** In the order of the abstract; what the study says of its own sampling last. */
export const CLAIMS: readonly Claim[] = [
  ...[imageSize, storageTier, dockerDesktop, throttlingVariance, overlayfsWrites, namespaceTime, namespaceShare],
  ...[iterations, zIntervals],
];
