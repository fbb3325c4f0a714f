/** Images of one platform: their trials took turns, so that what a session has in common falls out. */
import { expect, test } from "vitest";
import { platformSubject } from "../subjects/platform-subject.ts";
import { normalDraws } from "../testing/normal-draws.ts";
import { manifest, scaled, session, startupRow, WHOLE_START_MS } from "../testing/rows.ts";
import { platformOf } from "../testing/subjects.ts";
import { compare } from "./compare.ts";
import { splitByFactor } from "./split-by-factor.ts";

/** What the hour does to all of a session. */
const HOURS = [1, 1.3, 0.8, 1.1, 0.9];
const BLOCKS = 10;

function images(levels: Readonly<Record<string, number>>, variants?: readonly string[]) {
  const draw = normalDraws(7);
  const starts = HOURS.flatMap((hour, place) =>
    Array.from({ length: BLOCKS }, (_, block) =>
      Object.entries(levels).map(([image, level]) => ({ image, level, hour, session: place + 1, block: block + 1 })),
    ).flat(),
  );
  const rows = starts.map(({ image, level, hour, session, block }, index) =>
    startupRow({
      ...{ trial: index + 1, session, block, mode: "warm" as const },
      ...(variants === undefined ? { image } : { image: "small", variant: image }),
      offsets_ms: scaled(WHOLE_START_MS, level * hour * (1 + 0.01 * draw())),
    }),
  );
  const sessions = HOURS.map((_, place) => session({ session: place + 1, ...described(variants) }));
  return platformSubject(platformOf(rows, { label: "pr", manifest: manifest({ label: "pr", sessions }) }));
}

const described = (variants: readonly string[] | undefined) =>
  variants === undefined
    ? {}
    : { variants: variants.map((name) => ({ name, flags: name === "base" ? [] : [`--name=${name}`], settings: {} })) };

test("base and head are compared within each session, and explained by phase", () => {
  const apart = splitByFactor(images({ base: 1, head: 1.1 }), "image");
  expect(apart.map(({ label }) => label)).toEqual(["base", "head"]);
  const { comparisons, not_compared } = compare(apart, { reference: "base" });
  expect(not_compared).toEqual([]);
  const total = comparisons.find(({ metric }) => metric === "total_ms");
  expect(total).toMatchObject({ a: "head", b: "base", condition: "warm", verdict: "slower" });
  expect(total?.sessions).toMatchObject({ k_a: 5, k_b: 5, paired: true });
  expect(total?.sessions.ratio).toBeCloseTo(1.1, 1);
  expect(total?.explained?.replicate).toBe("session");
});

test("variants are compared in the order in which they were named, although their flags differ", () => {
  const apart = splitByFactor(images({ host: 0.8, base: 1 }, ["base", "host"]), "variant");
  expect(apart.map(({ label }) => label)).toEqual(["base", "host"]);
  const { comparisons, not_compared } = compare(apart, { reference: "base" });
  expect(not_compared).toEqual([]);
  expect(comparisons.find(({ metric }) => metric === "total_ms")).toMatchObject({
    ...{ a: "host", b: "base", condition: "small warm", verdict: "faster" },
  });
});

test("equal images are not called different", () => {
  const [total] = compare(splitByFactor(images({ base: 1, head: 1 }), "image"), { reference: null }).comparisons.filter(
    ({ metric }) => metric === "total_ms",
  );
  expect(["same within 5 %", "not certain"]).toContain(total?.verdict);
});

test("takes two images or more, and a platform that has variants", () => {
  expect(() => splitByFactor(images({ base: 1 }), "image")).toThrow(
    "--by image takes a platform with two images or more, and pr has only base",
  );
  expect(() => splitByFactor(images({ base: 1 }), "variant")).toThrow("and pr has none");
});
