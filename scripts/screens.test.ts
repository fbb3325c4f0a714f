/** What each command prints first: golden texts at 80 columns, and one screen for whatever there is. */
import { execFile } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import width from "string-width";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { explain } from "../analysis/commands/explain.ts";
import { committedResults } from "../analysis/edges/repository.ts";
import { session } from "../analysis/testing/rows.ts";
import type { Facts } from "../benchmarks/commands/diagnose.ts";
import { diagnosisScreen } from "../benchmarks/commands/diagnosis-screen.ts";
import { tierbenchHere } from "./testing/command.ts";
import { SCREEN_PLATFORMS, writeScreenPlatforms } from "./testing/screen-platforms.ts";

const fixtures = fileURLToPath(new URL("fixtures/screens/", import.meta.url));
/** Where a reader is, whose platforms are in `results`, and some of others elsewhere. */
let home: string;
let root: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "tierbench-screens-"));
  root = join(home, "results");
  mkdirSync(root);
  for (const name of ["one-session", "suite"]) cpSync(join(fixtures, name), join(home, "elsewhere", name), { recursive: true });
  writeScreenPlatforms(root);
  for (const [label, slower] of [
    ["study", 1],
    ["study-too", 2],
  ] as const) {
    mkdirSync(join(root, label));
    const rows = [1, 2, 3, 4, 5, 6, 7].map((iteration) => `${iteration},alpine,warm,${slower * (500 + 7 * iteration)}`);
    writeFileSync(join(root, label, "01-startup-latency.csv"), `iteration,image,mode,startup_ms\n${rows.join("\n")}\n`);
  }
});
afterAll(() => rmSync(home, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

/** @param words of the command; a label is looked up in the folder `results` of the reader's */
async function screen(
  words: readonly string[],
  columns = 80,
  { env = {}, from = home }: { readonly env?: Readonly<Record<string, string>>; readonly from?: string } = {},
): Promise<string> {
  for (const [name, value] of Object.entries({ LC_ALL: "C.UTF-8", COLUMNS: String(columns), LINES: "", ...env }))
    vi.stubEnv(name, value);
  const cwd = vi.spyOn(process, "cwd").mockReturnValue(from);
  try {
    // Only paths that are put together go by the folder that is pretended.
    const ended = await tierbenchHere(words.map((word) => word.replace(/^\.\/elsewhere\//, join(home, "elsewhere/"))));
    return ended.stdout + ended.stderr;
  } finally {
    cwd.mockRestore();
  }
}

const validated = async (folder: string): Promise<readonly unknown[]> =>
  JSON.parse((await tierbenchHere(["platform", "validate", folder, "--format", "json"])).stdout).platforms;

const all = Object.keys(SCREEN_PLATFORMS);
const ANALYZED: readonly (readonly string[])[] = [
  ["./elsewhere/one-session"],
  ["./elsewhere/suite"],
  ["./elsewhere/suite", "--experiment", "write"],
  ["./elsewhere/suite", "--experiment", "pull"],
  ["./elsewhere/one-session", "--condition", "small cold", "--phases"],
  ["docker20"],
  ["docker28"],
  ["many-images", "--phases"],
  ["docker20", "docker28", "gvisor", "study", "failures", "cold-only"],
  ["three-starts"],
  ["failures"],
  ["gvisor"],
  ["events-only"],
  ["host-network"],
  ["cold-only"],
  ["study"],
  ["causes"],
];
const golden = (words: readonly string[]): string =>
  `fixtures/screens/golden/${words
    .map((word) =>
      word
        .replace("./elsewhere/", "")
        .replaceAll(/[^\w]+/g, "-")
        .replace(/^-+/, ""),
    )
    .join(".")}.txt`;

function oneScreen(text: string, columns: number, most = 40): void {
  const lines = text.split("\n").slice(0, -1);
  expect(lines.filter((line) => width(line) > columns)).toEqual([]);
  expect(lines.length).toBeLessThanOrEqual(most);
  expect(lines.length).toBeGreaterThan(2);
}

test("the page on the costs of flags has what analyze prints of them", async () => {
  const text = await screen(["analyze", "flag-costs"], 80, { from: dirname(committedResults()) });
  oneScreen(text, 80);
  const page = readFileSync(new URL("../research/method/flag-costs.md", import.meta.url), "utf8");
  expect(page).toContain(`\n\`\`\`\n${text}\`\`\`\n`);
});

describe("analyze", () => {
  test.each(ANALYZED)("%s %s %s", async (...words) => {
    const text = await screen(["analyze", ...words]);
    oneScreen(text, 80);
    await expect(text).toMatchFileSnapshot(golden(["analyze", ...words]));
  });

  test.each([60, 100, 120])("is one screen of %i columns, too", async (columns) => {
    for (const words of [["./elsewhere/suite"], ["many-images"], all])
      oneScreen(await screen(["analyze", ...words], columns), columns);
  });

  test("of causes no number and no advice is cut in 60 columns", async () => {
    const text = await screen(["analyze", "causes"], 60);
    oneScreen(text, 60);
    expect(text).toMatch(/^ {2}longest waits +mean ms +share %$/m);
    const [, waits = ""] = /longest waits.*\n((?:.+\n)+)/.exec(text) ?? [];
    expect(waits.match(/(\d\.\d+ +\d+\.\d+|more: --full)$/gm)?.length).toBeGreaterThan(2);
    expect(text).toMatch(/what helps: [^…]+\n\n/);
  });

  test("has fewer lines where LINES says so", async () => {
    for (const words of [...ANALYZED, all]) oneScreen(await screen(["analyze", ...words], 80, { env: { LINES: "34" } }), 80, 34);
  });

  test("where the locale has no more, it is ASCII", async () => {
    const text = await screen(["analyze", "docker20"], 80, { env: { LC_ALL: "C" } });
    expect(text).toMatch(/^[\n -~]+$/);
    expect(text).toContain(":::");
  });

  test.each([
    [["--experiment", "pull"], /--experiment "pull": there is startup/],
    [["--condition", "small"], /--condition "small": there is small warm/],
    [["--phases", "--format", "json"], /--format json is always complete/],
  ])("%j is misuse", async (words, complaint) => {
    const ended = await tierbenchHere(["analyze", "docker20", "--results", root, ...words]);
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringMatching(complaint)]);
  });
});

test("each experiment of what is committed is one screen, its phases, too", async () => {
  const results = committedResults();
  for (const label of readdirSync(results)) {
    const { tables } = (await validated(join(results, label)))[0] as { tables: { file: string }[] };
    const experiments = tables.map(({ file }) => file.replace(/(-path)?\.csv$/, ""));
    for (const experiment of new Set(experiments))
      for (const more of [[], ["--phases"]]) {
        const words = ["analyze", label, "--experiment", experiment, ...more];
        const text = await screen(words, 80, { from: dirname(results) });
        oneScreen(text, 80);
        // Idle containers only become more; every other experiment's conditions take turns.
        if (experiment === "density") expect(text).toMatch(/whether these differ is not judged/);
        else expect(text).not.toMatch(/whether these differ is not judged/);
      }
  }
});

test("of platforms that take the same time it is said once", async () => {
  cpSync(join(root, "docker20"), join(home, "elsewhere", "docker20-too"), { recursive: true });
  expect(await screen(["analyze", "docker20", "./elsewhere/docker20-too"])).toMatch(
    /^ {2}A warm start of “small” takes \S+ ms on both\.$/m,
  );
});

test("of several, those that have a condition in common are compared; --phases of what has none says so", async () => {
  const next = async (...labels: readonly string[]): Promise<string> =>
    (await screen(["analyze", ...labels])).replaceAll(/\s+/g, " ");
  expect(await next("study", "docker20", "one-of-each")).toMatch(/certain that is: tierbench compare docker20 one-of-each more:/);
  expect(await next("study", "docker20")).toContain("No two of them have a condition in common.");
  expect(await next("docker20", "docker28", "--phases")).toContain("more: tierbench analyze PLATFORM --phases");
  const ofWrite = ["analyze", "./elsewhere/suite", "--experiment", "write"];
  expect(await screen([...ofWrite, "--phases"])).toContain("  --phases: write “");
  expect(await screen(ofWrite)).not.toContain("has no phases");
});

describe("compare", () => {
  test.each([
    ["docker28", "docker20"],
    ["docker28", "docker20", "--phases"],
    ["docker28", "docker20", "--reference", "docker20", "--threshold", "5%"],
    ["./elsewhere/one-session", "./elsewhere/suite"],
    ["./elsewhere/suite", "--by", "image"],
    ["./elsewhere/suite", "--by", "image", "--phases"],
    ["docker20", "docker28", "one-of-each", "host-network", ...all.filter((label) => label.startsWith("a-platform"))],
  ])("%s %s %s", async (...words) => {
    const text = await screen(["compare", ...words]);
    oneScreen(text, words.includes("--threshold") ? 200 : 80);
    await expect(text).toMatchFileSnapshot(golden(["compare", ...words]));
  });

  test.each([60, 80, 100, 120])("is one screen of %i columns, whatever is compared", async (columns) => {
    const long = all.filter((label) => label.startsWith("a-platform"));
    const asked = [["./elsewhere/suite", "--by", "image"], ["many-images", "--by", "image"], ["docker20", "docker28"], long, all];
    for (const words of asked)
      for (const more of [[], ["--phases"]]) oneScreen(await screen(["compare", ...words, ...more], columns), columns);
    const [, small = ""] = /^ {2}(small warm .*)$/m.exec(await screen(["compare", "docker20", "docker28"], columns)) ?? [];
    expect(small.split(/ {2,}/).length, "both medians, or neither").toBeGreaterThanOrEqual(5);
  });

  test("two names that do not fit whole are both told in the title", async () => {
    const long = all.filter((label) => label.startsWith("a-platform"));
    const [title = ""] = (await screen(["compare", ...long])).split("\n");
    expect(title).toMatch(/^a-platform-\S+…\S*remember-1 against a-platform-\S+…\S*remember-2$/);
  });

  test("images of one session took turns, and more sessions of the platform give a verdict", async () => {
    for (const more of [[], ["--reference", "small"]]) {
      const text = (await screen(["compare", "./elsewhere/one-session", "--by", "image", ...more], 120)).replaceAll(/\s+/g, " ");
      expect(text).toContain("1 session, in turns within each");
      expect(text).not.toContain("interleaved");
      expect(text).toMatch(
        /For a verdict, from 3 sessions on: tierbench run startup --platform \S+ --out \.\/elsewhere --append/,
      );
      expect(text).not.toContain(" where ");
    }
    const chosen = await tierbenchHere(["compare", "docker20", "--by", "image", "--image", "small", "--results", root]);
    expect([chosen.code, chosen.stderr]).toEqual([2, expect.stringContaining("--reference IMAGE")]);
  });

  test("a choice of what was not compared is misuse, and names what was", async () => {
    const ended = await tierbenchHere(["compare", "docker20", "docker28", "--image", "nope", "--results", root]);
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringMatching(/--image "nope": there is small, large$/m)]);
  });

  test("commands name a platform elsewhere by its path", async () => {
    const of = { from: dirname(home) };
    const folder = join(home, "results", "one-of-each");
    const text = (await screen(["analyze", folder], 120, of)).replaceAll(/\s+/g, " ");
    const below = `./${basename(home)}/results`;
    expect(text).toContain(`tierbench run startup --platform one-of-each --out ${below} --append`);
    expect(text).toContain(`tierbench report ${below}/one-of-each`);
    const other = (await screen(["compare", folder, join(home, "results", "host-network")], 120, of)).replaceAll(/\s+/g, " ");
    expect(other).toContain(`--platform one-of-each=ENGINE --platform host-network=ENGINE --out ${below} --append`);
    const apart = (await screen(["compare", "one-of-each", "./elsewhere/one-session"], 120)).replaceAll(/\s+/g, " ");
    expect(apart).not.toContain("--append");
  });

  test("a copy under a name that is no label is called by its path, and nothing is to be added to it", async () => {
    const copies = ["two.old", "--full", "two;old"].map((name) => join(home, "copies", "results", name));
    for (const copy of copies) cpSync(join(root, "one-of-each"), copy, { recursive: true });
    const from = join(home, "copies");
    const [old = "", option = "", word = ""] = copies;
    for (const [copy, called] of [
      [old, "./results/two.old"],
      [option, "./results/--full"],
      [word, "'./results/two;old'"],
    ] as const) {
      const text = await screen(["analyze", copy], 120, { from });
      expect(text).toContain(` tierbench report ${called}\n`);
      expect(text).not.toContain("--append");
    }
    const pair = (await screen(["compare", old, join(home, "results", "host-network")], 120, { from })).replaceAll(/\s+/g, " ");
    expect(pair).toContain("into one folder of results: tierbench run startup --platform A=ENGINE --platform B=ENGINE");
    const images = await screen(["compare", old, "--by", "image"], 120, { from });
    expect(images).toMatch(/what to do: For a verdict, from 3 sessions on\.\n\n/);
  });

  test("what one side lacks is one item a reason, with --full, however many conditions it is", async () => {
    const text = await screen(["compare", "./elsewhere/one-session", "./elsewhere/suite", "--full"], 120);
    const [, items = ""] = /\nNot compared:\n\n(.*?)\n\n/s.exec(text) ?? [];
    expect(items.match(/^- .*/gm)).toEqual([expect.stringMatching(/^- one-session and suite: one-session has none: \S+ \(/)]);
    expect(items.replaceAll(/\s+/g, " ")).toContain("write (bind buffered, bind direct, bind fsync, ");
  });

  test("one session a side gives no verdict, and says what would", async () => {
    const text = (await screen(["compare", "one-of-each", "host-network"])).replaceAll(/\s+/g, " ");
    expect(text).toContain("No verdict.");
    expect(text).toContain("one session a side cannot say which is faster.");
    expect(text).toContain(
      "For a verdict, twice: tierbench run startup --platform one-of-each=ENGINE --platform host-network=ENGINE --append",
    );
  });

  test("another processor, kernel and engine stand on the screen, before whatever else differs", async () => {
    const other = join(home, "elsewhere", "other-machine");
    cpSync(join(root, "docker20"), other, { recursive: true });
    const described = JSON.parse(readFileSync(join(other, "platform.json"), "utf8"));
    for (const each of described.sessions) {
      Object.assign(each.host, { cpu: "ARM Neoverse-N1 r3p1 as the cloud's machines have it", cpu_count: 64, kernel: "6.12.0" });
      Object.assign(each.engine, { server: "28.5.2", storage_driver: "a-driver-with-a-name-of-many-letters" });
      each.tool.version = "0.0.9";
    }
    writeFileSync(join(other, "platform.json"), JSON.stringify(described));
    for (const columns of [80, 120]) {
      const text = await screen(["compare", "docker20", "./elsewhere/other-machine"], columns);
      oneScreen(text, columns);
      expect(text.replaceAll(/\s+/g, " ")).toMatch(
        / also different: processor .* \/ 64 × ARM Neoverse-N1 .* · kernel .* \/ 6\.12\.0/,
      );
    }
  });

  test("to a folder in the study's format no session can be added: what can be measured instead is said", async () => {
    const text = (await screen(["compare", "study", "study-too"])).replaceAll(/\s+/g, " ");
    expect(text).toContain("No verdict.");
    expect(text).toContain("No session can be added to study or study-too, in the study's format.");
    expect(text).toContain("on machines at hand: tierbench run study --platform LABEL");
    expect(text).not.toContain("=ENGINE");
    const third = join(home, "elsewhere", "study-three");
    cpSync(join(root, "study-too"), third, { recursive: true });
    const three = (await screen(["compare", "study", "study-too", third])).replaceAll(/\s+/g, " ");
    expect(three).toContain("No session can be added to study, study-too or study-three, in the study's format.");
    // Its images are parts of it, to none of which anything can be added.
    const both = join(home, "elsewhere", "study-of-two");
    cpSync(join(root, "study"), both, { recursive: true });
    const starts = join(both, "01-startup-latency.csv");
    writeFileSync(starts, readFileSync(starts, "utf8") + [1, 2, 3].map((each) => `${each},nginx,warm,60${each}\n`).join(""));
    const parts = (await screen(["compare", both, "--by", "image"])).replaceAll(/\s+/g, " ");
    expect(parts).toContain("No session can be added to study-of-two, in the study's format.");
    const ours = await tierbenchHere(["compare", "docker20", "study", "--results", root]);
    expect([ours.code, ours.stderr]).toEqual([
      1,
      expect.stringMatching(/`tierbench run study` .*`tierbench paper tables --with LABEL`/),
    ]);
    expect(ours.stderr).not.toContain("measure the same images");
  });

  test("names what was not compared of what was asked for, and one by its name", async () => {
    const folder = join(home, "elsewhere", "without-cold");
    cpSync(join(root, "docker20"), folder, { recursive: true });
    const [header = "", ...rows] = readFileSync(join(folder, "startup.csv"), "utf8").split("\n");
    const left = rows.filter((row) => !/,large,cold,|,large,.*,cold,/.test(row));
    expect(left.length).toBeLessThan(rows.length);
    writeFileSync(join(folder, "startup.csv"), [header, ...left].join("\n"));
    const text = (await screen(["compare", "docker20", "./elsewhere/without-cold"])).replaceAll(/\s+/g, " ");
    expect(text).toContain("not compared: startup large cold: without-cold has none");
    const chosen = await screen(["compare", "./elsewhere/one-session", "./elsewhere/suite", "--experiment", "startup"]);
    expect(chosen).not.toContain("not compared");
  });

  test("says what to do, whatever the verdict is", async () => {
    const advice = async (...words: readonly string[]): Promise<string | undefined> =>
      /what to do: (.*?) more:/.exec((await screen(["compare", ...words])).replaceAll(/\s+/g, " "))?.[1]?.trim();
    const long = all.filter((label) => label.startsWith("a-platform"));
    expect(await advice("docker20", long[0] as string)).toBe(
      "To rule out that something else changed in between, measure them in turns: tierbench run startup --platform A=ENGINE --platform B=ENGINE",
    );
    expect(await advice(...long)).toBe(
      `More sessions tell smaller differences: four times as many halve the interval. tierbench run startup ${long.map((label) => `--platform ${label}=ENGINE`).join(" ")} --append`,
    );
    expect(await advice("docker20", "docker28", ...long)).toBe(
      "Docker 28 and later wire the network without a hook; with --network host there is none.",
    );
    expect(await advice("docker20", "docker28", "--phases")).toBeUndefined();
  });

  test("the gate keeps its exit codes, and stands on the screen", async () => {
    const words = ["compare", "docker20", "docker28", "--reference", "docker28", "--threshold", "5%", "--results", root];
    const ended = await tierbenchHere(words);
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain("threshold 5%: beyond it small warm total_ms (docker20 against docker28)");
    expect(ended.stderr).toContain("beyond the threshold of 5%: docker20 / docker28");
  });
});

const { engine, host } = session();
const QUIET: Facts = {
  engine: { description: engine, source: "unix:///var/run/docker.sock", runtimes: ["runc", "runsc"], running: 0 },
  root: true,
  probe: { name: "tracefs", resolution: 1000, reason: "root on the engine's host", failures: [] },
  cold: { unseen: undefined },
  host,
  load: [0.1, 0.2, 0.3],
  cpusInUse: 0.1,
  turbo: null,
  swaps: [],
  freeBytes: 50e9,
};

test.each([60, 80])("platform list fits %i columns, and names every platform", async (columns) => {
  const lines = (await screen(["platform", "list"], columns)).trimEnd().split("\n");
  expect(lines.filter((line) => width(line) > columns)).toEqual([]);
  expect(lines.length).toBe(1 + readdirSync(root).length);
});

test("platform list counts the rows of every file, critical paths included", async () => {
  const results = committedResults();
  const label = readdirSync(results).find((each) => existsSync(join(results, each, "why-path.csv"))) as string;
  const { tables } = (await validated(join(results, label)))[0] as { tables: { rows: number }[] };
  const text = await screen(["platform", "list", "--results", results], 120);
  const columns = text
    .split("\n")
    .find((line) => line.startsWith(`${label} `))
    ?.split(/ +/);
  expect(columns?.[4]).toBe(String(tables.reduce((sum, { rows }) => sum + rows, 0)));
});

test.each([80, 100, 120])("with --full nothing is wider than %i columns, and no number goes", async (columns) => {
  const path = (label: string): string => join(root, label);
  for (const words of [
    ["analyze", "./elsewhere/suite", "--full"],
    ["analyze", "many-images", "docker20", "causes", "--full"],
    ["compare", "docker28", "docker20", "--full"],
    ["compare", ...all.filter((label) => label.startsWith("a-platform")), "docker20", "--full"],
    ["platform", "show", "./elsewhere/suite"],
    ["platform", "show", "docker20"],
  ]) {
    const lines = (await screen(words, columns)).split("\n");
    expect(lines.filter((line) => width(line) > columns)).toEqual([]);
  }
  const text = await screen(["platform", "show", path("docker20")], columns);
  const { tables } = (await validated(path("docker20")))[0] as { tables: { file: string; sha256: string; rows: number }[] };
  for (const { file, sha256, rows } of tables) for (const each of [file, sha256, String(rows)]) expect(text).toContain(each);
});

test("--full and Markdown have what the screen says is to do", async () => {
  for (const words of [
    ["analyze", "docker20"],
    ["analyze", "one-of-each"],
    ["compare", "docker28", "docker20"],
    ["compare", "one-of-each", "host-network"],
    ["compare", "./elsewhere/suite", "--by", "image"],
  ]) {
    const inOneLine = (text: string): string => text.replaceAll(/`|\\/g, "").replaceAll(/\s+/g, " ");
    const [, advice = ""] = / what to do: (.*?) more: /.exec(inOneLine(await screen(words))) ?? [];
    expect(advice).not.toBe("");
    expect(inOneLine(await screen([...words, "--full"]))).toContain(`What to do: ${advice}`);
    expect(inOneLine(await screen([...words, "--format", "markdown"]))).toContain("What to do: ");
  }
});

test("what a gate cannot judge for the same reason is one line", async () => {
  const [narrow = ""] = all.filter((label) => label.startsWith("a-platform"));
  const words = ["compare", "docker20", narrow, "--reference", narrow, "--threshold", "5%", "--results", root];
  const ended = await tierbenchHere(words);
  expect(ended.stdout.replaceAll(/\s+/g, " ")).toContain("threshold 5%: beyond it");
  expect(ended.stderr).toContain(`docker20 and ${narrow}, startup large warm and 1 more: ${narrow} has none\n`);
});

describe("doctor", () => {
  const busy: Partial<Facts> = {
    engine: { description: engine, source: "DOCKER_HOST", runtimes: ["runc"], running: 3 },
    host: { ...host, governor: "powersave" },
    load: [3.1, 2.2, 1.3],
    cpusInUse: 1.3,
    turbo: true,
    swaps: ["/dev/sda2", "/swapfile"],
    freeBytes: 1.2e9,
  };
  const unprivileged: Partial<Facts> = {
    root: false,
    probe: { name: "events", resolution: 1000, reason: "no root, and the engine lets no helper in", failures: [] },
    cold: { problem: "dropping the page cache takes root on the engine's host" },
    load: null,
  };
  test.each([
    ["quiet", {}],
    ["busy", busy],
    ["unprivileged", unprivileged],
    ["startable", { engine: { problem: "no engine answers; run starts a private one", startable: true } }],
    ["without-engine", { ...unprivileged, engine: { problem: "no such socket: start Docker", startable: false } }],
  ] as const)("%s", async (name, facts) => {
    const text = diagnosisScreen({ ...QUIET, ...facts }, [], { columns: 80, lines: 40, unicode: true, colour: false });
    oneScreen(text, 80);
    await expect(text).toMatchFileSnapshot(`fixtures/screens/golden/doctor.${name}.txt`);
  });

  test.each([60, 100, 120])("is one screen of %i columns, too", (columns) =>
    oneScreen(diagnosisScreen({ ...QUIET, ...busy }, [], { columns, lines: 40, unicode: true, colour: false }), columns),
  );

  test.each([60, 80, 120])("tells all of an engine with long names in %i columns", (columns) => {
    const facts: Facts = {
      ...QUIET,
      engine: {
        description: {
          ...engine,
          server: "20.10.24+dfsg1",
          components: { Engine: "20.10.24+dfsg1", containerd: "1.6.20~ds1", runc: "1.1.5+ds1", "docker-init": "0.19.0" },
          storage: { data_root: "/var/lib/docker", device: "/dev/vda1", file_system: "ext4", rotational: false },
        },
        source: "unix:///home/somebody/tierbench/engine/run/docker.sock",
        runtimes: ["crun", "io.containerd.runc.v2", "io.containerd.runtime.v1.linux", "runc"],
        running: 0,
      },
    };
    const text = diagnosisScreen(facts, [], { columns, lines: 40, unicode: true, colour: false });
    oneScreen(text, columns);
    expect(text).not.toContain("…");
    expect(text.replaceAll(/\s+/g, " ")).toContain(
      "runtime runc 1.1.5+ds1 (also crun); containerd 1.6.20~ds1; storage overlay2 on /dev/vda1, ext4; cgroup driver cgroupfs",
    );
  });
});

describe("the end of run", () => {
  test.each([
    ["one", ["docker20"]],
    ["in-turns", ["docker20", "docker28"]],
  ])("%s", async (name, labels) => {
    for (const [variable, value] of Object.entries({ LC_ALL: "C.UTF-8", COLUMNS: "80", LINES: "" })) vi.stubEnv(variable, value);
    let text = "";
    const write = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
      text += chunk;
      return true;
    });
    const cwd = vi.spyOn(process, "cwd").mockReturnValue(home);
    explain(labels.map((label) => join(root, label)));
    for (const spy of [write, cwd]) spy.mockRestore();
    oneScreen(text, 80);
    await expect(text).toMatchFileSnapshot(`fixtures/screens/golden/run.${name}.txt`);
  });
});

/** The script in a checkout of its own, where `run` has measured what lies in the fixtures. */
async function reproduced(...args: readonly string[]): Promise<string> {
  const checkout = mkdtempSync(join(tmpdir(), "tierbench-reproduce-"));
  try {
    const scripts = join(checkout, "scripts");
    mkdirSync(scripts);
    copyFileSync(fileURLToPath(new URL("reproduce", import.meta.url)), join(scripts, "reproduce"));
    writeFileSync(join(scripts, "setup.sh"), "");
    cpSync(join(root, "one-of-each"), join(checkout, "results", "here"), { recursive: true });
    const analyze = `exec ${fileURLToPath(new URL("tierbench", import.meta.url))} analyze here`;
    writeFileSync(join(scripts, "tierbench"), `#!/bin/sh\ncase $1 in run) ${analyze} ;; esac\n`);
    for (const name of ["reproduce", "tierbench"]) chmodSync(join(scripts, name), 0o755);
    const { stdout } = await promisify(execFile)(join(scripts, "reproduce"), ["--platform", "here", ...args], {
      env: { ...process.env, COLUMNS: "80", LC_ALL: "C.UTF-8" },
    });
    return stdout.replaceAll(checkout, "CHECKOUT");
  } finally {
    rmSync(checkout, { recursive: true });
  }
}

describe("reproduce", () => {
  test.each([
    ["whole", []],
    ["quick", ["--quick"]],
  ])("%s ends with the answer and with what to do next, on one screen", async (name, args) => {
    const text = await reproduced(...args);
    oneScreen(text, 80);
    await expect(text).toMatchFileSnapshot(`fixtures/screens/golden/reproduce.${name}.txt`);
  });

  test("a number of iterations with a zero before it is not one of eight digits", async () => {
    expect(await reproduced("--quick", "--iterations", "09")).toMatch(/ comparison +has no verdict with this one session/);
  });
});
