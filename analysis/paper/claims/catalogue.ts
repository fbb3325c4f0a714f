/** The claims that are audited. Another study's are added beside them: research/CLAIMS.md says how. */
import type { Claim } from "../claim.ts";
import { dockerDesktop } from "./docker-desktop.ts";
import { engineVersion } from "./engine-version.ts";
import { figureSeven } from "./figure-seven.ts";
import { imageSize } from "./image-size.ts";
import { namespaceShare, namespaceTime } from "./namespaces.ts";
import { overlayfsWrites } from "./overlayfs-writes.ts";
import { iterations, zIntervals } from "./sampling.ts";
import { storageTier } from "./storage-tier.ts";
import { throttlingVariance } from "./throttling-variance.ts";
import { decomposing, dimensions } from "./title.ts";

/** The title's first, then in the order of the abstract, of figures and tables; what the study says of its own sampling last. */
export const CLAIMS: readonly Claim[] = [
  ...[decomposing, dimensions],
  ...[imageSize, storageTier, dockerDesktop, throttlingVariance, overlayfsWrites, namespaceTime, namespaceShare],
  ...[figureSeven, engineVersion],
  ...[iterations, zIntervals],
];
