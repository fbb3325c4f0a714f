/** Every check, by what it looks at. */
import type { ContainerCheck, DaemonCheck, ImageCheck } from "../check.ts";
import { DAEMON_API } from "./daemon-api.ts";
import { DAEMON_ISOLATION } from "./daemon-isolation.ts";
import { FILTERS } from "./filters.ts";
import { HOST_FILES } from "./host-files.ts";
import { CONTAINER_IDENTITY, IMAGE_IDENTITY } from "./identity.ts";
import { LIMITS } from "./limits.ts";
import { NAMESPACES } from "./namespaces.ts";
import { PORTS } from "./ports.ts";
import { PRIVILEGES } from "./privileges.ts";
import { CONTAINER_SECRETS, IMAGE_SECRETS } from "./secrets.ts";
import { VERSIONS } from "./versions.ts";

export const DAEMON_CHECKS: readonly DaemonCheck[] = [...DAEMON_API, ...DAEMON_ISOLATION, ...VERSIONS];
export const IMAGE_CHECKS: readonly ImageCheck[] = [...IMAGE_SECRETS, ...IMAGE_IDENTITY];
export const CONTAINER_CHECKS: readonly ContainerCheck[] = [
  ...[...PRIVILEGES, ...NAMESPACES, ...HOST_FILES, ...FILTERS, ...LIMITS, ...PORTS],
  ...[...CONTAINER_IDENTITY, ...CONTAINER_SECRETS],
];
