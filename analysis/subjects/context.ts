/** What must be equal for two conditions of the same name to be the same condition. */

import { type ImageIdentity, imagesDifference } from "../../research/image-identity.ts";
import { sameButForSalts } from "../../research/text/hidden-values.ts";

/** Each with the words in which a comparison is refused. */
const ANOTHER = {
  command: "another command",
  until: "waited for something else",
  flags: "other flags of docker run",
  workload: "another workload",
  registry: "another registry",
  address: "another host of the same name",
  probe: "another probe, which ends a start at another event; --mix-probes compares them anyway",
  clock: "marks stamped by another clock; --mix-probes compares them anyway",
} as const;

/** Only what the source says. */
export type Context = Readonly<Partial<Record<keyof typeof ANOTHER, string>>> & {
  /** In which images it was measured. */
  readonly images?: readonly ImageIdentity[];
};

/** Why two conditions of the same name are not the same; what a source does not say is not held against it. */
export function notTheSame(a: Context | undefined, b: Context | undefined): string | undefined {
  if (a === undefined || b === undefined) return undefined;
  const image = a.images && b.images && imagesDifference(a.images, b.images);
  if (image !== undefined) return image;
  const different = (Object.keys(ANOTHER) as (keyof typeof ANOTHER)[]).find((key) => {
    const [inA, inB] = [a[key], b[key]];
    return inA !== undefined && inB !== undefined && !(key === "flags" ? sameButForSalts(inA, inB) : inA === inB);
  });
  return different && `${ANOTHER[different]} (${a[different]} and ${b[different]})`;
}

/** What is known of a condition when a later session, measured in the same way, says more of it than the first. */
export const fillContext = (first: Context | undefined, later: Context): Context => ({
  ...later,
  ...first,
  ...(first?.images === undefined
    ? {}
    : { images: first.images.map((image, index) => ({ ...later.images?.[index], ...image })) }),
});
