import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { completions } from "./complete.ts";

const root = mkdtempSync(join(tmpdir(), "tierbench-complete-"));
afterAll(() => rmSync(root, { recursive: true }));
for (const [label, images] of [
  ["here", ["small"]],
  ["there", ["web"]],
] as const) {
  mkdirSync(join(root, label));
  const sessions = [
    { images: images.map((name) => ({ name })), experiments: [{ conditions: images.map((name) => `${name} warm`) }] },
  ];
  writeFileSync(join(root, label, "platform.json"), JSON.stringify({ sessions }));
}
mkdirSync(join(root, "broken"));
writeFileSync(join(root, "broken", "platform.json"), "{");

test.each([
  [
    ["analyze", ""],
    ["broken", "here", "there"],
  ],
  [
    ["compare", "here", "th"],
    ["broken", "here", "there"],
  ],
  [["analyze", "here", "--condition", ""], ["small warm"]],
  [
    ["analyze", "--condition", ""],
    ["small warm", "web warm"],
  ],
  [["analyze", "there", "--image", "w"], ["web"]],
  [
    ["run", "startup", "--platform", ""],
    ["broken", "here", "there"],
  ],
  [["analyze", "--format", ""], null],
  [["analyze", "here", "--"], null],
  [["an"], null],
  [["analyze", "--results", join(root, "nowhere"), "here", ""], []],
])("%j", (words, offered) => {
  const found = completions(words, root);
  expect(found === null ? null : [...found].sort()).toEqual(offered);
});
