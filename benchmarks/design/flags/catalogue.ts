/** Every flag of `docker run` that is supported, in the order in which they are applied. */
import { type Flag, toggle } from "./flag.ts";
import { ISOLATION_FLAGS } from "./isolation.ts";
import { NETWORK_FLAGS } from "./network.ts";
import { PROCESS_FLAGS } from "./process.ts";
import { RESOURCE_FLAGS } from "./resources.ts";
import { STORAGE_FLAGS } from "./storage.ts";

/** What is so with every start that is measured. */
const SO_ANYWAY: readonly Flag[] = [
  toggle("rm", "Is so anyway: every container is removed", () => ({})),
  toggle("detach,d", "Is so anyway: what it writes is read, nothing is typed", () => ({})),
  toggle("sig-proxy", "Has no effect: signals end the measurement", () => ({})),
  toggle("quiet,q", "Has no effect", () => ({})),
];

export const FLAGS: readonly Flag[] = [
  ...PROCESS_FLAGS,
  ...NETWORK_FLAGS,
  ...STORAGE_FLAGS,
  ...ISOLATION_FLAGS,
  ...RESOURCE_FLAGS,
  ...SO_ANYWAY,
];
