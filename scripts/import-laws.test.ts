/** Who may import whom: one rule a line, each with its reason, on the graph of every import that is written in the sources. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { init, parse } from "es-module-lexer";
import { transform } from "esbuild";
import { beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

interface Import {
  /** Of the repository's root. */
  readonly file: string;
  /** The same, for a file of ours; else the package. */
  readonly target: string;
}

const isTest = (file: string): boolean => /\.test\.ts$|\/testing\/|^vitest\..*config\.ts$/.test(file);
const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts"], {
  cwd: root,
  encoding: "utf8",
});
const files = listed.split("\n").filter((file) => file !== "" && !isTest(file));

/** The lexer reads JavaScript: types go first, and imports of types alone are kept, as they count like any other. */
async function importsOf(file: string): Promise<Import[]> {
  const source = readFileSync(join(root, file), "utf8").replaceAll(/^(import|export) type \{/gm, "$1 {");
  const tsconfigRaw = { compilerOptions: { verbatimModuleSyntax: true } };
  const [imports] = parse((await transform(source, { loader: "ts", tsconfigRaw })).code);
  return imports.flatMap(({ n: name }) =>
    name === undefined ? [] : [{ file, target: name.startsWith(".") ? normalize(join(dirname(file), name)) : name }],
  );
}

let graph: readonly Import[] = [];
beforeAll(async () => {
  await init;
  graph = (await Promise.all(files.map(importsOf))).flat();
});

/** Every import of `targets` stands in one of `places`. */
interface Law {
  readonly targets: RegExp;
  readonly places: RegExp;
  readonly why: string;
}

const LAWS: readonly Law[] = [
  { targets: /^research\//, places: /./, why: "research says what the words mean, for every room" },
  { targets: /^benchmarks\//, places: /^(benchmarks|scripts)\//, why: "analysis explains what anybody measured" },
  { targets: /^analysis\//, places: /^(analysis|scripts)\//, why: "measuring needs no explanation" },
  { targets: /^scripts\//, places: /^scripts\//, why: "scripts are outermost" },
  {
    targets: /\/edges\//,
    places: /\/edges\/|^[a-z]+\/(main\.ts|commands\/)|^scripts\//,
    why: "only main.ts and commands/ wire edges in",
  },
  { targets: /\/commands\//, places: /\/(main\.ts$|commands\/)|^scripts\//, why: "commands are outermost in their room" },
  {
    targets: /^(node:)?(fs|fs\/promises|child_process)$/,
    places: /\/edges\/|^scripts\//,
    why: "files and programs are the world's edge",
  },
  {
    targets: /^(node:)?process$/,
    places: /\/(edges|commands)\/|main\.ts$|^scripts\//,
    why: "what is pure does not know its process",
  },
  { targets: /^dockerode/, places: /^benchmarks\/(edges|commands)\/|^scripts\//, why: "an engine is the world's edge" },
  { targets: /^yargs/, places: /main\.ts$|\/commands\/|^scripts\//, why: "the command line is outermost" },
  { targets: /^csv-/, places: /^research\/(table|csv\/records)\.ts$/, why: "one reading and one writing of CSV" },
  {
    targets: /^(simple-statistics|@stdlib\/)/,
    places: /^(analysis\/statistics|scripts)\//,
    why: "estimators are one room, each checked there",
  },
  {
    targets: /^vega$|^@napi-rs/,
    places: /^analysis\/(edges\/drawing|report\/browser)\//,
    why: "pictures are drawn in one place",
  },
  {
    targets: /^vega-lite$/,
    places: /^analysis\/(edges\/drawing\/|figures\/parts\/spec\.ts$)/,
    why: "specifications are data; the compiler runs where pictures are drawn",
  },
];

test.each(LAWS)("$targets only in $places: $why", ({ targets, places }) => {
  expect(graph.filter(({ file, target }) => targets.test(target) && !places.test(file))).toEqual([]);
});

/** Analysis flows down: a room imports only from rooms that stand after it. */
const ANALYSIS = [
  ...[
    "main.ts",
    "commands",
    "edges",
    "report",
    "figures",
    "format",
    "paper",
    "summaries",
    "comparisons",
    "validation",
    "detectors",
    "samples",
  ],
  ...["subjects", "statistics"],
];
/** What measures flows down, too. edges/ implements the ports of design/ and is wired in by commands/. */
const BENCHMARKS = [
  "main.ts",
  "commands",
  "edges",
  "inspect",
  "audit",
  "experiments",
  "workloads",
  "start",
  "design",
  "timeline",
];
const ROOMS = { analysis: ANALYSIS, benchmarks: BENCHMARKS } as const;

test.each(["analysis", "benchmarks"] as const)("no import in %s runs upward", (top) => {
  const rooms = ROOMS[top];
  const room = (file: string): number => rooms.indexOf(file.split("/")[1] as never);
  const inside = graph.filter(({ file, target }) => file.startsWith(`${top}/`) && target.startsWith(`${top}/`));
  expect(inside.filter(({ file }) => room(file) < 0).map(({ file }) => file)).toEqual([]);
  expect(inside.filter(({ file, target }) => room(target) < room(file))).toEqual([]);
});

test("no import leads back to its file", () => {
  const next = new Map(files.map((file) => [file, graph.filter((found) => found.file === file).map(({ target }) => target)]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
    if (path.includes(file) || done.has(file)) return;
    for (const target of next.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

test("no folder lists more files than one can take in", () => {
  const folders = new Map<string, number>();
  for (const file of files) folders.set(dirname(file), (folders.get(dirname(file)) ?? 0) + 1);
  // Where a catalogue lists one file a name, as of experiments and tables, a file is found by its name: there may be more.
  const most = (folder: string): number => (files.includes(`${folder}/catalogue.ts`) ? 25 : 17);
  expect([...folders].filter(([folder, count]) => count > most(folder))).toEqual([]);
});
