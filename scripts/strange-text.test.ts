/** Strangers' bytes through the whole command: nothing that a terminal or a spreadsheet obeys comes out of any stream. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tierbenchHere } from "./testing/command.ts";

const HOSTILE = "\u001b]0;owned\u0007\u009b31m\u202e";
const root = mkdtempSync(join(tmpdir(), "tierbench-strange-"));
const folder = join(root, `=cmd${HOSTILE}`);
beforeAll(() => {
  cpSync(fileURLToPath(new URL("../results/debian12-docker20", import.meta.url)), folder, { recursive: true });
  const file = join(folder, "platform.json");
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  manifest.label = `=cmd${HOSTILE}`;
  for (const session of manifest.sessions) {
    session.host.cpu_model = `cpu ${HOSTILE}`;
    for (const warning of session.warnings) warning.evidence = `evidence ${HOSTILE}`;
  }
  writeFileSync(file, JSON.stringify(manifest));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const CONTROL = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/u;

test.each([
  [["analyze", folder]],
  [["analyze", folder, "--format", "json"]],
  [["analyze", folder, "--format", "csv"]],
  [["analyze", join(root, HOSTILE)]],
  [["analyze", folder, `--${HOSTILE}`]],
  [["trace", "--from", join(root, HOSTILE)]],
  [["run", "startup", "--platform", HOSTILE]],
  [["run", "startup", "--platform", "x", "--images", `a=${HOSTILE}`]],
  [["doctor", "--engine", `unix:///${HOSTILE}`]],
])("%j", { timeout: 60_000 }, async (args) => {
  const { stdout, stderr } = await tierbenchHere(args);
  expect(stdout + stderr).not.toMatch(CONTROL);
  expect(stdout + stderr).not.toBe("");
  if (args.includes("csv")) for (const line of stdout.split("\n")) expect(line).not.toMatch(/(^|,)"?[=@]/);
});
