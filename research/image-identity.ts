/** Whether two images are one and the same for what is measured: the same files, and the same configuration. */

export interface ImageIdentity {
  /**
   * The registry's; for an image that was in no registry, the engine's own. A containerd image store gives an image a
   * new one with every import, and older files have this one alone.
   */
  readonly digest: string;
  /** Of the layers' content, independent of the store and of the time of import. */
  readonly layers_digest?: string | undefined;
  /** Of what the image specifies for its containers: entrypoint, command, environment, user, working folder, volumes, health check. */
  readonly config_digest?: string | undefined;
}

/**
 * Why two images are not the same, or cannot be shown to be; `undefined` when they are the same. One digest is one image,
 * though perhaps built for two processors. Else the layers count, and what a source does not say of the configuration is not
 * held against it.
 */
export function imageDifference(a: ImageIdentity, b: ImageIdentity): string | undefined {
  if (a.digest === b.digest) return undefined;
  if (a.layers_digest !== undefined && b.layers_digest !== undefined) {
    if (a.layers_digest !== b.layers_digest) return `another image (layers ${a.layers_digest} and ${b.layers_digest})`;
    if (a.config_digest === undefined || b.config_digest === undefined || a.config_digest === b.config_digest) return undefined;
    return `another configuration of the image: entrypoint, command, environment, user, folder, volumes or health check (${a.config_digest} and ${b.config_digest})`;
  }
  const [older, newer] = a.layers_digest === undefined ? [a, b] : [b, a];
  if (newer.layers_digest === undefined) return `another image (${a.digest} and ${b.digest})`;
  // Of an image that was in no registry, older files have the layers' own digest, unless the store gave it one.
  if (older.digest === newer.layers_digest) return undefined;
  return `whether it is the same image cannot be determined: an older platform.json has a digest alone (${older.digest}), which is neither that of the other's layers nor its own (${newer.layers_digest}, ${newer.digest}); measure that platform again`;
}

/** The same of several images that stand in the same order. */
export function imagesDifference(a: readonly ImageIdentity[], b: readonly ImageIdentity[]): string | undefined {
  if (a.length !== b.length) return `another image (${a.length} and ${b.length} of them)`;
  for (const [index, image] of a.entries()) {
    const difference = imageDifference(image, b[index] as ImageIdentity);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** Of a description nothing but what tells images apart. */
export const identityOf = ({ digest, layers_digest, config_digest }: ImageIdentity): ImageIdentity => ({
  digest,
  ...(layers_digest === undefined ? {} : { layers_digest }),
  ...(config_digest === undefined ? {} : { config_digest }),
});
