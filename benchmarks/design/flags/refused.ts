/** Flags of `docker run` that are not supported, and why: they are refused by name. */

const OWN_NAME = "each start has a container and a name of its own, so that a sweep finds it";
const REMOVED = "the container is removed when its start has been measured";
const NOBODY = "no terminal is attached to a start that is measured";
const WINDOWS = "it is for Windows alone";

export const REFUSED: Readonly<Record<string, { readonly why: string; readonly short?: string; readonly isSwitch?: true }>> = {
  name: { why: OWN_NAME },
  cidfile: { why: "the id is in what is printed and in the tables" },
  restart: { why: REMOVED },
  attach: { why: NOBODY, short: "a" },
  "detach-keys": { why: NOBODY },
  link: { why: "links are a legacy of docker: use --network" },
  "link-local-ip": { why: "it needs a network's long form, which is not supported" },
  gpus: { why: "devices of other drivers are not supported: use --device" },
  "kernel-memory": { why: "kernels no longer have it" },
  "disable-content-trust": { why: "no signatures are checked", isSwitch: true },
  "use-api-socket": { why: "no container gets the engine's socket by itself: use -v", isSwitch: true },
  "cpu-count": { why: WINDOWS },
  "cpu-percent": { why: WINDOWS },
  "io-maxbandwidth": { why: WINDOWS },
  "io-maxiops": { why: WINDOWS },
  isolation: { why: WINDOWS },
};
