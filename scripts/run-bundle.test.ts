import { spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;
let bundle: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tierbench-bundle-"));
  bundle = join(folder, "tierbench.cjs");
});
afterEach(() => rmSync(folder, { recursive: true }));

const runBundle = new URL("run-bundle.mjs", import.meta.url).href;
const run = (command = "analyze"): string => {
  const program = `const { runBundle } = await import(${JSON.stringify(runBundle)}); runBundle(${JSON.stringify(bundle)}, ${JSON.stringify(command)});`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout;
};
/** V8 itself takes sources that are as long as one another for the same, so that what is said tells which was compiled. */
const write = (digest: string, said: "one" | "two"): void =>
  writeFileSync(
    bundle,
    `/* ${digest} */ (function (exports, require, module, __filename) {\nrequire("node:fs").writeSync(1, "${said}");\n})`,
  );
const compiled = (): string[] => readdirSync(folder).filter((name) => name.endsWith(".v8"));
const damage = (at: (bytes: Buffer) => number): void => {
  const path = join(folder, compiled()[0] as string);
  const bytes = readFileSync(path);
  bytes[at(bytes)] = (bytes[at(bytes)] as number) ^ 0xff;
  writeFileSync(path, bytes);
};

test("what was compiled serves the next time", () => {
  write("a", "one");
  expect(run()).toBe("one");
  expect(compiled()).toEqual([`analyze-${process.version}.v8`]);
  write("a", "two");
  expect(run()).toBe("one");
});

test("each command has its own, and what is no command has none", () => {
  write("a", "one");
  run();
  run("../compare");
  run("./--help");
  run("");
  run("compare");
  expect(compiled()).toEqual([`analyze-${process.version}.v8`, `compare-${process.version}.v8`]);
  expect(readdirSync(folder)).toHaveLength(3);
});

test("what failed, as a word that is no command does, leaves nothing", () => {
  writeFileSync(bundle, "/* a */ (function () {\nprocess.exitCode = 2;\n})");
  run("anlayze");
  expect(compiled()).toEqual([]);
});

test("help and completions have their own, too", () => {
  write("a", "one");
  run("--help");
  run("--get-yargs-completions");
  expect(compiled()).toEqual([`get-yargs-completions-${process.version}.v8`, `help-${process.version}.v8`]);
});

test("of another bundle it does not serve, and is replaced", () => {
  write("a", "one");
  run();
  write("b", "two");
  expect(run()).toBe("two");
  write("b", "one");
  expect(run()).toBe("two");
});

test.each<readonly [string, (bytes: Buffer) => number]>([
  ["in its middle", (bytes) => bytes.length >> 1],
  ["at its end", (bytes) => bytes.length - 1],
  ["in its checksum", () => 3],
])("damaged %s it does not serve, and is replaced", (_, at) => {
  write("a", "one");
  run();
  damage(at);
  write("a", "two");
  expect(run()).toBe("two");
  write("a", "one");
  expect(run()).toBe("two");
});

test("cut short it does not serve", () => {
  write("a", "one");
  run();
  const path = join(folder, compiled()[0] as string);
  for (const length of [0, 2, 40]) {
    writeFileSync(path, readFileSync(path).subarray(0, length));
    write("a", "two");
    expect(run()).toBe("two");
  }
});

// It runs as code: what any user may write must not run as root.
test.runIf(process.getuid?.() === 0)("another user's does not serve, and is replaced", () => {
  write("a", "one");
  run();
  chownSync(join(folder, compiled()[0] as string), 65534, 65534);
  write("a", "two");
  expect(run()).toBe("two");
});
