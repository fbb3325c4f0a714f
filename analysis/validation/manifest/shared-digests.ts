/** Images of one session with one digest, and not the same layers: the digest is of one of them. */
import type { Session } from "../../../research/manifest.ts";

export interface SharedDigest {
  /** Of platform.json. */
  readonly field: string;
  readonly digest: string;
  /** In a sentence without its end. */
  readonly what: string;
}

/** An index of images for several architectures has one digest for all of them, where an engine keeps more than one. */
export const sharedDigests = (sessions: readonly Session[]): SharedDigest[] =>
  sessions.flatMap(({ session, images }, index) => {
    const first = new Map<string, Session["images"][number]>();
    return images.flatMap((image, place) => {
      const { name, digest, layers_digest } = image;
      if (layers_digest === undefined) return [];
      const other = first.get(digest) ?? image;
      first.set(digest, other);
      if (other.layers_digest === layers_digest) return [];
      const what = `the images ${other.name} and ${name} of session ${session} have one digest and different layers`;
      return [{ field: `sessions.${index}.images.${place}.digest`, digest, what }];
    });
  });
