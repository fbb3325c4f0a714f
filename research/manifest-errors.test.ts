/** Whatever stands in a platform.json: it is read, or refused with the file and the field. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ManifestError, parseManifest } from "./manifest.ts";

const FILE = "results/x/platform.json";
const committed = readFileSync(new URL("../results/debian12-docker20/platform.json", import.meta.url), "utf8");
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
const json: unknown = JSON.parse(committed);

const STRANGE: readonly unknown[] = [null, "", "\u001b[31m", -1, 1.5, 1e308, true, [], {}, ["x"], [null], undefined];

/** Every place in it, as the keys that lead there. */
function placesIn(value: unknown): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner).map((place) => [key, ...place]))];
}

/** The same with another value in that place. */
function withValue(value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other;
  if (Array.isArray(value)) return value.map((inner, index) => (String(index) === key ? withValue(inner, rest, other) : inner));
  return { ...(value as object), [key]: withValue((value as Record<string, unknown>)[key], rest, other) };
}

/** @returns the refusal; `undefined` where it is read */
function refusal(text: string): string | undefined {
  try {
    parseManifest(text, FILE, version);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ManifestError);
    return (error as Error).message;
  }
}

test("another value anywhere is read, or refused in a line with the file and the field", { timeout: 60_000 }, () => {
  const places = placesIn(json).filter((place) => place.length > 0);
  let refused = 0;
  for (const place of places) {
    for (const strange of STRANGE) {
      const said = refusal(JSON.stringify(withValue(json, place, strange)));
      if (said === undefined) continue;
      refused += 1;
      expect(said.startsWith(`${FILE}: `), said).toBe(true);
      expect(said).not.toMatch(/\n|Cannot read|ZodError|undefined \(reading/);
      // The field, or the one that holds it.
      expect(place.some((_, end) => said.includes(place.slice(0, end + 1).join("."))) || said.includes("version"), said).toBe(
        true,
      );
    }
  }
  expect(refused).toBeGreaterThan(places.length);
});

test("a field that is not there is said to be missing", () => {
  const { sessions: _, ...without } = json as Record<string, unknown>;
  expect(refusal(JSON.stringify(without))).toBe(
    `${FILE}: sessions: missing, expected array; restore the file, or measure again under a new label`,
  );
});

test("half a file is refused, wherever it ends", () => {
  for (let share = 0; share < 20; share += 1) {
    const said = refusal(committed.slice(0, (committed.length * share) / 20));
    expect(said).toContain(`${FILE}: not JSON (`);
    expect(said).toContain("restore the file");
  }
});

test("a key that is there twice is named with its line, wherever it is", () => {
  const twice = (pattern: RegExp, more: string): string | undefined =>
    refusal(JSON.stringify(json, null, 2).replace(pattern, (found) => `${more},\n${found}`));
  const advice = "is there twice; restore the file, or measure again under a new label";
  expect(twice(/"label"/, '"label": "other"')).toBe(`${FILE}: line 3: the key "label" ${advice}`);
  // However it is written.
  expect(twice(/"label"/, '"l\\u0061bel": "other"')).toBe(`${FILE}: line 3: the key "label" ${advice}`);
  expect(twice(/"kernel": /, '"kernel": ""')).toContain(`the key "kernel" ${advice}`);
  expect(refusal(JSON.stringify({ ...(json as object), label: 'a"label":' }))).toContain("label");
  expect(refusal(committed)).toBeUndefined();
});
