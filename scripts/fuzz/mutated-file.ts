/** A damaged file: of text anything, of JSON half the time another value at one of its places, so that it stays JSON. */
import { mutated, type Pick } from "./mutations.ts";

const VALUES: readonly unknown[] = [
  ...[null, true, 0, -1, 1.5, 1e308, -1e308, 2 ** 53 + 2, "", " ", "x", "NaN", "\u001b[31m", "\u202e", "a".repeat(5_000)],
  ...["2026-13-45", "0001-01-01T00:00:00.000Z", "99999-01-01", [], {}, [null], ["x"], { __proto__: null }],
];

/** @param name of the file */
export function mutatedFile(name: string, text: string, pick: Pick): string {
  if (!name.endsWith(".json") || pick(4) === 0) return mutated(text, pick);
  const root = JSON.parse(text) as unknown;
  for (let left = 1 + pick(2); left > 0; left -= 1) change(root, pick);
  return JSON.stringify(root);
}

/** At a place that is reached from the root, stopping anywhere on the way. */
function change(value: unknown, pick: Pick): void {
  for (let at = value; typeof at === "object" && at !== null; ) {
    const holder = at as Record<string, unknown>;
    const keys = Object.keys(holder);
    if (keys.length === 0) return;
    const key = keys[pick(keys.length)] as string;
    const below = holder[key];
    if (typeof below === "object" && below !== null && pick(8) > 0) {
      at = below;
      continue;
    }
    replace(holder, key, pick);
    return;
  }
}

function replace(holder: Record<string, unknown>, key: string, pick: Pick): void {
  const value = holder[key];
  const others = Object.values(holder);
  switch (pick(5)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      break;
    case 1:
      if (Array.isArray(holder)) holder.push(structuredClone(value));
      else holder[`${key}_`] = value;
      break;
    case 2:
      holder[key] =
        typeof value === "number" ? value * ([-1, 0, 0.5, 1e3, 1e15][pick(5)] as number) : others[pick(others.length)];
      break;
    default:
      holder[key] = VALUES[pick(VALUES.length)];
  }
}
