import { createRequire } from "node:module";
import fc from "fast-check";
import width from "string-width";
import { expect, test } from "vitest";

const bundled: typeof width = createRequire(import.meta.url)("./string-width.cjs");

test("every character has the width that the package gives it", () => {
  for (let code = 0; code < 0x2800; code += 1) {
    const text = `–${String.fromCodePoint(code)}a`;
    if (bundled(text) !== width(text)) expect.fail(`U+${code.toString(16)}`);
  }
});

test("so has every text, with colours and without", () => {
  const grapheme = fc.string({ unit: "grapheme" });
  const ours = fc.string({ unit: fc.constantFrom(..."aé1–…·×“▒█▏→≤✓\u001b[31m\u0301\ufe0f漢\t\u00ad\u200d") });
  fc.assert(
    fc.property(fc.oneof(grapheme, ours), (text) => bundled(text) === width(text)),
    { seed: 1 },
  );
});
