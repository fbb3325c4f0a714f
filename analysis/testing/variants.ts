/** A platform whose starts have variants, each so many times as slow as the first. */
import { platformSubject } from "../subjects/platform-subject.ts";
import type { Subject } from "../subjects/subject.ts";
import { normalDraws } from "./normal-draws.ts";
import { manifest, scaled, session, startupRow, WHOLE_START_MS } from "./rows.ts";
import { platformOf } from "./subjects.ts";

const BLOCKS = 12;

/** Twelve blocks; the variants' names are in platform.json, and come in another order in the rows. */
export function variantsSubject(label: string, levels: Readonly<Record<string, number>>, images = ["small"]): Subject {
  const draw = normalDraws(3);
  const measured = Object.entries(levels).reverse();
  const starts = Array.from({ length: BLOCKS }, (_, block) =>
    images.flatMap((image) => measured.map(([variant, level]) => ({ image, variant, level, block }))),
  ).flat();
  const rows = starts.map(({ image, variant, level, block }, index) =>
    startupRow({
      ...{ trial: index + 1, block: block + 1, image, variant, mode: "warm" },
      offsets_ms: scaled(WHOLE_START_MS, level * (1 + 0.01 * draw())),
    }),
  );
  const variants = Object.keys(levels).map((name) => ({ name, flags: [], settings: {} }));
  return platformSubject(
    platformOf(rows, { label, manifest: manifest({ label, sessions: [session({ session: 1, variants })] }) }),
  );
}
