/** Who runs, and from what: root, and images whose name says nothing of their content. */
import { type ContainerCheck, type ImageCheck, sightings } from "../check.ts";
import { mapsUsers } from "../facts.ts";

const ROOT = /^(0+|root)?(:|$)/;

/** Neither a digest nor a tag that somebody chose. An image's id is its content. */
function isLatest(reference: string): boolean {
  if (reference.includes("@") || /^(sha256:)?[0-9a-f]{12,64}$/.test(reference)) return false;
  const [, tag = "latest"] = /:([^/:]+)$/.exec(reference) ?? [];
  return tag === "latest";
}

export const CONTAINER_IDENTITY: readonly ContainerCheck[] = [
  {
    id: "root-user",
    title: "runs as root",
    severity: "medium",
    why: "what breaks out of it is root on the host, as the engine does not map its users",
    remedy: "--user 1000:1000, or USER in the image; or map users (userns-remap in daemon.json)",
    reference: "4.1",
    look: ({ Config, HostConfig }, { engine }) =>
      sightings(
        ROOT.test(Config.User) &&
          !(mapsUsers(engine) && HostConfig.UsernsMode !== "host") &&
          (Config.User === "" ? "no user is set" : `user ${Config.User}`),
      ),
  },
  {
    id: "latest-image",
    title: "from an image named latest",
    severity: "low",
    why: "the name says nothing of the content: two starts may run different programs, and nobody knows what ran",
    remedy: "name a version or a digest: image:1.27, image@sha256:…",
    reference: null,
    look: ({ Config }) => sightings(isLatest(Config.Image) && Config.Image),
  },
];

export const IMAGE_IDENTITY: readonly ImageCheck[] = [
  {
    id: "root-image",
    title: "image starts as root",
    severity: "low",
    why: "every container of it is root unless its starter thinks of --user",
    remedy: "USER in the Dockerfile, behind the last step that needs root",
    reference: "4.1",
    look: ({ Config }) => sightings(ROOT.test(Config.User) && (Config.User === "" ? "no USER is set" : `USER ${Config.User}`)),
  },
];
