/** What must be equal for two conditions of the same name to be the same condition. */

/** Each with the words in which a comparison is refused. */
const ANOTHER = {
  image_digest: "another image",
  command: "another command",
  workload: "another workload",
  registry: "another registry",
  address: "another host of that name",
  probe: "another probe, which ends a start at another event; --mix-probes compares them all the same",
  clock: "marks stamped by another clock; --mix-probes compares them all the same",
} as const;

/** Only what the source says. */
export type Context = Readonly<Partial<Record<keyof typeof ANOTHER, string>>>;

/** Why two conditions of the same name are not the same; what a source does not say is not held against it. */
export function notTheSame(a: Context | undefined, b: Context | undefined): string | undefined {
  if (a === undefined || b === undefined) return undefined;
  const different = (Object.keys(ANOTHER) as (keyof Context)[]).find(
    (key) => a[key] !== undefined && b[key] !== undefined && a[key] !== b[key],
  );
  return different && `${ANOTHER[different]} (${a[different]} and ${b[different]})`;
}
