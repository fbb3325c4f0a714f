import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compare } from "../../comparisons/compare.ts";
import type { StudyPlatform } from "../../subjects/platform.ts";
import { studySubject } from "../../subjects/study-subject.ts";
import type { Subject } from "../../subjects/subject.ts";
import { paperData } from "../../testing/paper-data.ts";
import { isStudyFolder, readStudyPlatform } from "./read-study.ts";
import { validatePlatform } from "./validate-platform.ts";

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "tierbench-study-")), "some-platform");
  mkdirSync(folder);
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true }));

const STARTUP = "iteration,image,mode,startup_ms\n1,alpine,warm,500.5\n1,nginx,warm,501.5\n2,alpine,warm,510\n";
const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
const problems = ({ files }: StudyPlatform): string[] =>
  files.flatMap(({ content }) => ("problem" in content ? [content.problem] : []));

/** What a file of starts measured. */
function measuredFrom(text: string | Buffer) {
  writeFileSync(join(folder, "01-startup-latency.csv"), text);
  return studySubject(readStudyPlatform(folder)).measurements;
}

describe("a folder in the study's format", () => {
  test("has the folder's name, the columns as metrics, and each value with its block and row", () => {
    write("01-startup-latency.csv", STARTUP);
    const study = readStudyPlatform(folder);
    expect(isStudyFolder(folder)).toBe(true);
    const { label, measurements } = studySubject(study);
    expect(label).toBe("some-platform");
    expect(measurements).toEqual([
      {
        ...{ experiment: "startup", factors: { image: "alpine", mode: "warm" }, condition: "alpine warm", metric: "startup_ms" },
        ...{ unit: "ms", better: "lower", values: [500.5, 510], blocks: [1, 2], rows: [1, 3] },
      },
      {
        ...{ experiment: "startup", factors: { image: "nginx", mode: "warm" }, condition: "nginx warm", metric: "startup_ms" },
        ...{ unit: "ms", better: "lower", values: [501.5], blocks: [1], rows: [2] },
      },
    ]);
  });

  test("what its notes say differently from another's may be the reason for a difference", () => {
    write("01-startup-latency.csv", STARTUP);
    const [one, other] = ["28.2.2", "28.4.0"].map((engine) => {
      write("platform-info.txt", `--- Docker ---\n${engine}\noverlay2\n`);
      return { ...studySubject(readStudyPlatform(folder)), label: engine };
    }) as [Subject, Subject];
    expect(compare([one, other], { reference: null }).differing).toEqual([
      { fact: "engine", values: { "28.2.2": "28.2.2", "28.4.0": "28.4.0" } },
    ]);
  });

  test("is read as far as it is there, and says what is not", () => {
    write("01-startup-latency.csv", STARTUP);
    const { caveats } = studySubject(readStudyPlatform(folder));
    expect(caveats).toHaveLength(8);
    expect(caveats[0]).toMatch(/02-copyup-overhead\.csv: no such file/);
  });

  test("N/A is a missing measurement, and reported", () => {
    write("07-namespace-overhead.csv", "iteration,operation,duration_ms\n0,namespace_create,N/A\n");
    const { measurements, caveats } = studySubject(readStudyPlatform(folder));
    expect(measurements).toMatchObject([{ condition: "namespace_create", values: [] }]);
    expect(caveats.at(-1) ?? "").not.toContain("07-namespace");
    expect(caveats).toContain("07-namespace-overhead.csv: 1 of 1 row without a measurement (N/A), read as missing");
  });

  test.each([
    [
      "a unit in a number",
      "1,alpine,warm,2.1 ms\n",
      'column startup_ms: got "2.1 ms", expected a decimal number from 1 to 86400000, or N/A',
    ],
    ["NaN", "1,alpine,warm,NaN\n", 'column startup_ms: got "NaN"'],
    ["infinity", "1,alpine,warm,inf\n", 'column startup_ms: got "inf"'],
    ["a number beyond all bounds", "1,alpine,warm,1e999\n", 'column startup_ms: got "1e999"'],
    ["an empty cell", "1,alpine,warm,\n", 'column startup_ms: got ""'],
    ["an unknown mode", "1,alpine,tepid,1\n", 'column mode: got "tepid", expected warm | cold'],
    ["a markup for a name", "1,<b>,warm,1\n", 'column image: got "<b>"'],
    ["a row that is cut off", "1,alpine,wa", "the file ends here without a line end; is it truncated?"],
    ["a missing cell", "1,alpine,warm\n", "3 cells, expected 4"],
    [
      "a negative time",
      "3,alpine,warm,-1\n",
      'column startup_ms: got "-1", expected a decimal number from 1 to 86400000, or N/A',
    ],
    ["a time of nothing", "3,alpine,warm,0\n", 'column startup_ms: got "0", expected a decimal number from 1'],
    ["a start of more than a day", "3,alpine,warm,86400001\n", 'column startup_ms: got "86400001"'],
    ["a row that was there", "2,alpine,warm,1\n", "the row of iteration 2, image alpine, mode warm appears a second time"],
    ["the header once more", "iteration,image,mode,startup_ms\n", 'column iteration: got "iteration"'],
  ])("%s is an error with file and line, and the other files are read", (_, row, message) => {
    write("01-startup-latency.csv", `${STARTUP}${row}`);
    write("06-image-pull-time.csv", "iteration,image,pull_time_ms\n1,alpine,700\n");
    const study = readStudyPlatform(folder);
    expect(problems(study)[0]).toContain(`${join(folder, "01-startup-latency.csv")}:5`);
    expect(problems(study)[0]).toContain(message);
    expect(studySubject(study).measurements).toMatchObject([{ experiment: "pull", values: [700] }]);
  });

  test.each<[string, string | Buffer]>([
    ["no last line end", STARTUP.trimEnd()],
    ["CR alone at the ends of lines", STARTUP.replaceAll("\n", "\r")],
    ["CR alone, and none behind the last", STARTUP.trimEnd().replaceAll("\n", "\r")],
    ["CRLF and an empty last line", `${STARTUP.replaceAll("\n", "\r\n")}\r\n`],
    ["a byte order mark", `\uFEFF${STARTUP}`],
    ["UTF-16", Buffer.from(`\uFEFF${STARTUP}`, "utf16le")],
    ["UTF-16 of the other order", Buffer.from(`\uFEFF${STARTUP}`, "utf16le").swap16()],
    ["its columns in another order", STARTUP.replaceAll(/^(\w+),(\w+),(\w+),(\S+)$/gm, "$2,$4,$1,$3")],
  ])("with %s is read like any other", (_, text) => {
    expect(measuredFrom(text)).toEqual(measuredFrom(STARTUP));
  });

  test("whose times are longer together than its run says so beside its numbers, and is not valid", () => {
    const notes = (time: string): string => `Collected: 2026-01-02T${time}Z\n`;
    write("platform-info.txt", notes("03:00:00"));
    write("10-qualitative-observations.txt", notes("03:00:02"));
    write("01-startup-latency.csv", STARTUP);
    expect(studySubject(readStudyPlatform(folder)).caveats.filter((said) => said.startsWith("01"))).toEqual([]);
    write(
      "01-startup-latency.csv",
      STARTUP.replaceAll(/[\d.]+$/gm, (ms) => `${Number(ms) * 1e3}`),
    );
    const said = "its times add up to 1512 s, and the whole run took 2 s, as its notes say; are they in another unit?";
    expect(studySubject(readStudyPlatform(folder)).caveats).toContain(`01-startup-latency.csv: ${said}`);
    expect(validatePlatform(folder, "0.1.0").problems[0]).toMatchObject({ severity: "defect", what: said });
  });

  describe("that does not fit itself says so beside its numbers, and is valid", () => {
    const rows = (header: string, row: (iteration: number) => string): string =>
      `${header}\n${Array.from({ length: 20 }, (_, index) => `${index + 1},${row(index + 1)}\n`).join("")}`;
    const starts = rows("iteration,image,mode,startup_ms", (i) => `alpine,warm,${(500 + ((i * 37) % 91)).toFixed(2)}`);
    const files = (count: (iteration: number) => number): string =>
      rows("iteration,mode,file_count,duration_ms", (i) => `volume,${count(i)},${(90 + ((i * 17) % 41)).toFixed(2)}`);
    const spaces = (times: number): string =>
      rows("iteration,operation,duration_ms", (i) => `namespace_create,${(times * (7 + (i % 11) / 10)).toFixed(2)}`);
    const trips = (ms: number): string =>
      rows("iteration,mode,avg_rtt_ms", (i) => `bridge,${(ms * (2 + (i % 13) / 100)).toFixed(3)}`);
    const said = (file: string, text: string): string[] => {
      write("01-startup-latency.csv", starts);
      write(file, text);
      const caveats = studySubject(readStudyPlatform(folder)).caveats.filter((each) => each.startsWith(file));
      const validated = validatePlatform(folder, "0.1.0");
      const cautions = validated.problems.filter((problem) => problem.file === file && problem.check === "table");
      expect([validated.valid, cautions.map(({ what }) => `${file}: ${what}`)]).toEqual([true, caveats]);
      rmSync(join(folder, file));
      return caveats;
    };

    test("in what the script was given", () => {
      const file = "05-metadata-operations.csv";
      expect(
        said(
          file,
          files(() => 500),
        ),
      ).toEqual([]);
      expect(
        said(
          file,
          files((i) => (i % 2 === 0 ? 500 : 100)),
        ),
      ).toEqual([]);
      expect(
        said(
          file,
          files((i) => (i === 7 ? 5000 : 500)),
        ),
      ).toEqual([`${file}: 1 row with 5000 files, 19 rows with 500 files: which of them is it?`]);
      expect(
        said(
          file,
          files(() => 5000),
        ),
      ).toEqual([`${file}: 5000 files in all rows; the study's script has 500 files`]);
    });

    test("in namespaces that take longer than a container's start, which makes them", () => {
      const file = "07-namespace-overhead.csv";
      expect(said(file, spaces(1))).toEqual([]);
      expect(said(file, spaces(1000))).toEqual([
        expect.stringMatching(/^07\S+: a process with namespaces takes 75\d\d ms, a container's/),
      ]);
    });

    test("in round trips of seconds", () => {
      const file = "08-network-latency.csv";
      expect(said(file, trips(1))).toEqual([]);
      expect(said(file, trips(300))).toEqual([]);
      expect(said(file, trips(1000))).toEqual([
        expect.stringMatching(/^08\S+: round trips of 20\d\d ms, more than by satellite/),
      ]);
      // The first packet waits until the other's address is known: a second and more.
      expect(said(file, trips(1).replace("2.000", "3000.000"))).toEqual([]);
      expect(said(file, trips(1).replace("2.000", "1000002.000"))).toEqual([
        expect.stringMatching(/^08\S+: a round trip of 1000002 ms, for which ping does not wait/),
      ]);
    });
  });

  test.skipIf(paperData === undefined).each(["azure-premium-ssd", "azure-standard-hdd", "macos-docker-desktop"])(
    "of the study's %s says nothing of the kind",
    (label) => {
      const { problems } = validatePlatform(join(paperData as string, label), "0.1.0");
      expect(
        problems.filter(({ what }) =>
          /which of them|script has|makes them too|satellite|as if in another|filled down|copied/.test(what),
        ),
      ).toEqual([]);
    },
  );

  test("whose last line has no line end says so beside its numbers", () => {
    write("01-startup-latency.csv", STARTUP.trimEnd());
    expect(studySubject(readStudyPlatform(folder)).caveats[0]).toBe(
      `${join(folder, "01-startup-latency.csv")}:4: the last line has no line end; it is read as a whole row`,
    );
  });

  test.each<[string, string | Buffer, string]>([
    [
      "UTF-16 without a mark",
      Buffer.from(STARTUP, "utf16le"),
      "01-startup-latency.csv:1: the text has NUL characters, as UTF-16",
    ],
    [
      "Latin-1",
      Buffer.from(STARTUP.replace("nginx", "ng\u00efnx"), "latin1"),
      "01-startup-latency.csv:3: the text is not UTF-8 (is it Latin-1, or cut within a character?): save it as UTF-8",
    ],
    ["semicolons", STARTUP.replaceAll(",", ";"), "01-startup-latency.csv:1: cells are separated by semicolons"],
  ])("in %s is refused, with the reason", (_, text, message) => {
    writeFileSync(join(folder, "01-startup-latency.csv"), text);
    expect(() => readStudyPlatform(folder)).toThrow(message);
  });

  test.each([
    [
      "another header",
      "iteration,image,startup_ms\n1,alpine,1\n",
      "the column mode is missing; expected the header iteration,image,mode,startup_ms",
    ],
    ["nothing but a header", "iteration,image,mode,startup_ms\n", "a header but no rows"],
    ["nothing", "", "empty file"],
  ])("with %s in its only file cannot be read", (_, text, message) => {
    write("01-startup-latency.csv", text);
    expect(() => readStudyPlatform(folder)).toThrow(message);
  });
});

// The study's data is not kept here; TIERBENCH_PAPER_DATA names its folder.
describe.skipIf(paperData === undefined)("the study's own data", () => {
  const data = paperData as string;
  const measured = (platform: string): Record<string, number> =>
    Object.fromEntries(
      studySubject(readStudyPlatform(join(data, platform))).measurements.map(({ experiment, condition, metric, values }) => [
        `${experiment} ${condition} ${metric}`,
        values.length,
      ]),
    );

  test.skipIf(paperData === undefined).each(["azure-premium-ssd", "azure-standard-hdd", "macos-docker-desktop"])(
    "%s is read whole",
    (platform) => {
      const study = readStudyPlatform(join(data, platform));
      expect(problems(study)).toEqual([]);
      const rows = study.files.map(({ content }) => ("problem" in content ? 0 : content.rows));
      expect(rows).toEqual([210, 50, 50, 100, 100, 30, platform.startsWith("macos") ? 1 : 50, 100, 50]);
      expect(measured(platform)).toMatchObject({
        "startup alpine warm startup_ms": 50,
        "startup python_3.11-slim cold startup_ms": 20,
        "cpu-throttling 50 % variance_pct": 50,
        "write volume write_speed_mbps": 50,
        "namespaces namespace_create duration_ms": platform.startsWith("macos") ? 0 : 50,
        "memory 3 containers total_mem_mb": 50,
      });
    },
  );

  test("a copy that ends within a row is refused, and the rest is read", () => {
    cpSync(join(data, "azure-premium-ssd"), folder, { recursive: true });
    expect(readdirSync(folder)).toContain("08-network-latency.csv");
    write("08-network-latency.csv", "iteration,mode,avg_rtt_ms\n1,bri");
    expect(problems(readStudyPlatform(folder))).toEqual([expect.stringContaining("is it truncated?")]);
  });
});
