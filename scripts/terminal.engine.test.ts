/** What a person sees while a run goes on: recorded from real terminals of two widths. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import width from "string-width";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testEngine } from "../benchmarks/testing/engine.ts";
import { provideTmux, type Sight, watched } from "./testing/terminal.ts";

const command = fileURLToPath(new URL("tierbench", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tierbench-terminal-"));
let found: Awaited<ReturnType<typeof testEngine>>;
beforeAll(async () => {
  provideTmux();
  found = await testEngine();
}, 300_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await found?.[Symbol.asyncDispose]();
});

const isBar = (line: string): boolean => /^[█·]{12} \d+ %/.test(line);

test("one bar for the whole run, on the last line and whole; nothing of it is left, and no line is mixed with it", async () => {
  const sightsOf = (columns: number): Promise<Sight[]> => {
    // Each has a lock of its own, as they measure nothing that anybody uses.
    mkdirSync(join(folder, `${columns}`));
    const words = `run startup --network host --images small --modes warm --iterations 1 --platform of-${columns} --out ${folder} --engine ${found.url}`;
    return watched(`tierbench-${process.pid}-${columns}`, columns, `${command} ${words}`, {
      TIERBENCH_LOCK_FOLDER: join(folder, `${columns}`),
    });
  };
  const of = await Promise.all([80, 120].map(async (columns) => ({ columns, sights: await sightsOf(columns) })));
  for (const { columns, sights } of of) {
    const bars = sights.flatMap((sight) =>
      sight.flatMap((line, place) => (isBar(line) ? [{ line, last: place === sight.length - 1 }] : [])),
    );
    expect(bars.length).toBeGreaterThan(3);
    expect(bars.filter(({ line, last }) => !last || width(line) >= columns)).toEqual([]);
    expect(
      bars.some(({ line }) =>
        /^[█·]{12} \d+ % · (ETA \d+ s · )?startup · small warm( \(warm-up\))? (median )?\d+ ms$/.test(line),
      ),
    ).toBe(true);
    const end = sights.at(-1) ?? [];
    expect(end.filter((line) => isBar(line) || (/█{12}|·{5}/.test(line) && !line.startsWith("  ")))).toEqual([]);
    // Words that are longer than a line are whole, so that a path can be copied; all others stand between the edges.
    const text = end.join("\n");
    expect(text).toMatch(new RegExp(`^complete:\\s+${join(folder, `of-${columns}`)}$`, "m"));
    expect(end.filter((line) => width(line) > columns && line.trim().includes(" "))).toEqual([]);
    expect(text).toContain("A warm start of “small” takes");
    expect(end.at(-1)).toBe("ended with 0");
    // What was said before the bar stands as it was said.
    expect(text).toMatch(/^Engine [^.][^;]*;\s+probe\s+tracefs\s[^;]*;\s+seed\s+\d+\.$/m);
    expect(text).toMatch(/^Trials of each condition: [^;]*;\s+about\s+\d+\s+(s|min)\.$/m);
  }
});
