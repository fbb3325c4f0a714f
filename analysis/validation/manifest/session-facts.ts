/** What a session says of itself, against itself. */
import type { Session } from "../../../research/manifest.ts";
import type { Say } from "../problem.ts";
import { CLOCK_STEP_NS } from "../session-check.ts";

/** Of these algorithms it is known how long they are; an image's registry may use another. */
const HEX_DIGITS: Readonly<Record<string, number>> = { sha256: 64, sha512: 128 };
const DIGEST = /^([a-z0-9+._-]+):([0-9A-Za-z=_-]+)$/;
const OF_AN_IMAGE = ["digest", "layers_digest", "config_digest"] as const;

export function sessionFacts(session: Session, say: Say): void {
  digests(session, say);
  observerEffects(session, say);
  seconds(session, say);
}

function digests({ images, experiments = [] }: Session, say: Say): void {
  const all = [
    ["images", images] as const,
    ...experiments.map(({ images: used = [] }, index) => [`experiments.${index}.images`, used] as const),
  ];
  for (const [field, described] of all)
    for (const [index, image] of described.entries())
      for (const name of OF_AN_IMAGE) {
        const digest = image[name];
        if (digest !== undefined && !isDigest(digest))
          say(`${field}.${index}.${name}`, digest, "it is no digest", "sha256: and 64 hexadecimal digits");
      }
}

function isDigest(digest: string): boolean {
  const [, algorithm = "", encoded = ""] = DIGEST.exec(digest) ?? [];
  const digits = HEX_DIGITS[algorithm];
  return digits === undefined ? encoded !== "" : encoded.length === digits && /^[0-9a-f]+$/.test(encoded);
}

/** An interval is of resamples of the same starts as its ratio, which lies amid them; both are of times. */
function observerEffects({ observer_effect = [] }: Session, say: Say): void {
  for (const [index, { traced_over_untraced: ratio, interval }] of observer_effect.entries()) {
    const field = `observer_effect.${index}`;
    if (ratio === null || interval === null) continue;
    const [lower, upper] = interval;
    if (lower <= 0) say(`${field}.interval.0`, `${lower}`, "no ratio of times is that small", "more than 0");
    if (ratio < lower || ratio > upper)
      say(`${field}.traced_over_untraced`, `${ratio}`, "it is outside its own interval", `${lower} to ${upper}`);
  }
}

/** Experiments follow each other within their session. */
function seconds({ started, ended, experiments = [] }: Session, say: Say): void {
  if (ended === null) return;
  const most = (Date.parse(ended) - Date.parse(started)) / 1e3 + Number(CLOCK_STEP_NS) / 1e9;
  const took = experiments.map((experiment) => experiment.seconds ?? 0);
  if (took.reduce((sum, each) => sum + each, 0) <= Math.max(0, most)) return; // it ended before it began, which is told
  const longest = Math.max(...took);
  say(
    `experiments.${took.indexOf(longest)}.seconds`,
    `${longest}`,
    "the experiments took longer together than their session",
    `${Math.round(most)} s at most, from ${started} to ${ended}`,
  );
}
