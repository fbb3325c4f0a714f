import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { TABLES } from "../../../research/tables/catalogue.ts";
import { setTornRowAside } from "./torn-row.ts";

const folder = mkdtempSync(join(tmpdir(), "tierbench-torn-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const header = "trial,part,value\n";
function aside(content: string, part?: readonly string[]): { kept: string; moved: string | undefined; said: string | undefined } {
  const file = join(folder, "t.csv");
  rmSync(`${file}.torn`, { force: true });
  writeFileSync(file, content);
  const said = setTornRowAside(file, { header, part });
  const moved = existsSync(`${file}.torn`) ? readFileSync(`${file}.torn`, "utf8") : undefined;
  return { kept: readFileSync(file, "utf8"), moved, said };
}

test("a file that ends with a whole row, an empty one and none are left alone", () => {
  expect(aside(`${header}1,1,5\n`)).toEqual({ kept: `${header}1,1,5\n`, moved: undefined, said: undefined });
  expect(aside("").said).toBeUndefined();
  expect(setTornRowAside(join(folder, "none.csv"), { header })).toBeUndefined();
});

test.each([
  ["half a row", `${header}1,1,5\n2,`, `${header}1,1,5\n`, "2,\n"],
  ["a row without its line end, which may lack digits", `${header}1,1,5\n2,1,5`, `${header}1,1,5\n`, "2,1,5\n"],
  ["half a header", "trial,pa", "", "trial,pa\n"],
  ["NUL bytes of a machine that went down", `${header}1,1,5\n2,\0\0\0\n`, `${header}1,1,5\n`, "2,\0\0\0\n\n"],
])("%s is moved, and said", (_, content, kept, moved) => {
  expect(aside(content)).toEqual({
    kept,
    moved,
    said: expect.stringMatching(/its last row was torn .* bytes were moved to .*t\.csv\.torn/),
  });
});

test.each([
  ["of a trial of several rows all go with the torn one", "1,1,5\n2,1,5\n2,2,5\n2,3", "1,1,5\n", "2,1,5\n2,2,5\n2,3\n"],
  ["those of the trial before stay", "1,1,5\n1,2,5\n2,", "1,1,5\n1,2,5\n", "2,\n"],
  ["a number cut short may be the trial's", "1,1,5\n12,1,5\n1", "1,1,5\n", "12,1,5\n1\n"],
  ["nor does it go beyond the header", "1,1,5\n1,2", "", "1,1,5\n1,2\n"],
])("%s", (_, content, kept, moved) => {
  expect(aside(header + content, ["part"])).toMatchObject({ kept: header + kept, moved });
});

describe.each(
  TABLES.flatMap((table) => ("isWhole" in table && table.isWhole !== undefined ? [[table.name, table] as const] : [])),
)("a trial of %s.csv", (name, table) => {
  const results = fileURLToPath(new URL("../../../results/", import.meta.url));
  const measured = readdirSync(results)
    .map((label) => join(results, label, `${name}.csv`))
    .find(existsSync) as string;
  const file = join(folder, `${name}.csv`);
  const lines = readFileSync(measured, "utf8").trimEnd().split("\n").slice(0, 400);
  const trialOf = (line: string): string => line.split(",")[0] ?? "";
  // Up to the end of the last trial of several rows that the slice does not cut.
  const last = lines.findLastIndex(
    (line, row) =>
      trialOf(line) === trialOf(lines[row - 1] ?? "") &&
      row < lines.length - 1 &&
      trialOf(line) !== trialOf(lines[row + 1] ?? ""),
  );
  const whole = lines.slice(0, last + 1);
  const trial = whole.filter((line) => trialOf(line) === trialOf(whole.at(-1) ?? ""));
  const write = (of: readonly string[], more = ""): void => {
    rmSync(`${file}.torn`, { force: true });
    writeFileSync(file, `${of.join("\n")}\n${more}`);
  };

  test("that is whole is left alone", () => {
    write(whole);
    expect(setTornRowAside(file, table)).toBeUndefined();
  });

  test("that was cut at the end of any of its lines is set aside, all of it, and what is left can be read", () => {
    expect(trial.length).toBeGreaterThan(1);
    for (let left = 1; left < trial.length; left += 1) {
      const cut = whole.slice(0, whole.length - trial.length + left);
      write(cut);
      expect(setTornRowAside(file, table)).toMatch(/its last trial lacked rows when .*, and the trial is measured again$/);
      expect(readFileSync(file, "utf8")).toBe(`${whole.slice(0, -trial.length).join("\n")}\n`);
      expect(readFileSync(`${file}.torn`, "utf8")).toBe(`${trial.slice(0, left).join("\n")}\n\n`);
      table.parse(readFileSync(file, "utf8"), file);
    }
  });
});
