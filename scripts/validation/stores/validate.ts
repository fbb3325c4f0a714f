/**
 * Do cold starts and the identity of an image hold on every image store? `npm run validate:stores [-- --iterations N]`: runs
 * `startup` and `cold-rootfs` of the image small on this system's Docker and on a Docker 28 of Debian forky (built once, in
 * /var/lib/tierbench/forky, or in the folder TIERBENCH_ENGINE_SYSTEM) with overlay2, with a containerd store, and with that
 * store after a second import. Prints a row for each in Markdown, and whether `compare` takes all four for one image. Exit
 * code 1 when a start is missing or an image is not recognised. Root on Debian.
 */
import { execFile } from "node:child_process";
import { createReadStream, createWriteStream, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type Docker from "dockerode";
import { markdownTable } from "markdown-table";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { findEngine } from "../../../benchmarks/edges/engine/find-engine.ts";
import { toolVersion } from "../../../benchmarks/edges/files/tool-version.ts";
import { followed } from "../../../benchmarks/edges/images/images.ts";
import { interruptible } from "../../../benchmarks/edges/terminal/interruptible.ts";
import { parseManifest } from "../../../research/manifest.ts";
import { coldRootfsTable } from "../../../research/tables/cold-rootfs.ts";
import { startupTable } from "../../../research/tables/startup.ts";
import { claimEngine } from "../private-engine.ts";
import { provideForky } from "../runtimes/forky.ts";

const run = promisify(execFile);
const TIERBENCH = fileURLToPath(new URL("../../tierbench", import.meta.url));
const NAMES = ["system", "overlay2", "containerd", "containerd-again"] as const;
type Name = (typeof NAMES)[number];

const { iterations } = await yargs(hideBin(process.argv))
  .option("iterations", { type: "number", default: 5 })
  .strict()
  .parseAsync();
const say = (line: string): void => console.error(line);
const isOurs = (name: string): boolean => name.startsWith("tierbench/");
const isSmall = (name: string): boolean => name.startsWith("tierbench/small:");
const fileOf = (folder: string, name: string): string => join(folder, `${encodeURIComponent(name)}.tar`);

await interruptible(async (signal) => {
  await using own = await claimEngine("forky");
  const system = await provideForky(own, say, signal);
  const url = `unix://${own.socket}`;
  const [results, others] = [join(own.files, "results"), join(own.files, "others")];
  mkdirSync(others);
  const problems: string[] = [];
  const rows: string[][] = [];
  for (const name of NAMES) {
    say(`measuring ${name}`);
    if (name === "containerd-again") await forgetSmall(url);
    else await startWith(name);
    if (name !== "system") await loadOthers(url, others);
    const options = { iterations, images: "small", engine: url, platform: name };
    await tierbench("run", "startup", "cold-rootfs", ...Object.entries(options).map(([option, value]) => `--${option}=${value}`));
    if (name === "system") await saveOthers(url, others);
    const { cells, complaints } = resultOf(results, name);
    rows.push(cells);
    problems.push(...complaints);
  }
  for (const [index, name] of NAMES.entries()) {
    for (const other of NAMES.slice(index + 1)) problems.push(...(await difference(name, other)));
  }
  const load = loadavg().map((of) => of.toFixed(2));
  console.log(`${iterations} iterations of each; load average ${load.join(", ")} at the end\n`);
  console.log(`${markdownTable([["engine", "storage", "warm", "cold", "cold-rootfs", "layers"], ...rows])}\n`);
  console.log(problems.length === 0 ? "All starts are there; every store has the same image." : problems.join("\n"));
  if (problems.length > 0) process.exitCode = 1;

  async function startWith(name: Name): Promise<void> {
    const configuration = join(own.files, "daemon.json");
    writeFileSync(configuration, JSON.stringify(name === "containerd" ? { features: { "containerd-snapshotter": true } } : {}));
    await own.stop();
    await own.start(configuration, name === "system" ? undefined : system);
  }

  function tierbench(...args: string[]) {
    return run(TIERBENCH, [...args, "--out", results], { signal, maxBuffer: 64 << 20 });
  }

  /** What keeps two platforms from being compared. */
  async function difference(a: Name, b: Name): Promise<string[]> {
    const folders = [a, b].map((name) => join(results, name));
    return run(TIERBENCH, ["compare", ...folders, "--format", "json"], { signal, maxBuffer: 64 << 20 }).then(
      () => [],
      (error: Error & { stderr?: string }) => [`${a} and ${b}: ${error.stderr?.trim() ?? error.message}`],
    );
  }
});

async function namesOf(docker: Docker): Promise<string[]> {
  return (await docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []);
}

/** So that the next run imports it once more. */
async function forgetSmall(url: string): Promise<void> {
  await using found = await findEngine(url, false, say);
  const { docker } = found.engine;
  for (const name of (await namesOf(docker)).filter(isSmall)) await docker.getImage(name).remove({ force: true });
}

/** The larger images of `cold-rootfs`, which take minutes to build. */
async function saveOthers(url: string, folder: string): Promise<void> {
  await using found = await findEngine(url, false, say);
  const { docker } = found.engine;
  const names = (await namesOf(docker)).filter((name) => isOurs(name) && !isSmall(name));
  for (const name of names) await pipeline(await docker.getImage(name).get(), createWriteStream(fileOf(folder, name)));
}

async function loadOthers(url: string, folder: string): Promise<void> {
  await using found = await findEngine(url, false, say);
  const { docker } = found.engine;
  for (const file of readdirSync(folder)) await followed(docker, await docker.loadImage(createReadStream(join(folder, file))));
}

function resultOf(results: string, name: Name): { readonly cells: string[]; readonly complaints: string[] } {
  const read = (file: string): string => readFileSync(join(results, name, file), "utf8");
  const [session] = parseManifest(read("platform.json"), "platform.json", toolVersion).sessions;
  const storage = session?.engine.storage;
  const starts = startupTable.parse(read("startup.csv"), "startup.csv").filter(({ warmup }) => !warmup);
  const rootfs = coldRootfsTable.parse(read("cold-rootfs.csv"), "cold-rootfs.csv").filter(({ warmup }) => !warmup);
  const kinds = {
    warm: starts.filter(({ mode }) => mode === "warm"),
    cold: starts.filter(({ mode }) => mode === "cold"),
    "cold-rootfs": rootfs.filter(({ mode }) => mode === "cold-rootfs"),
  };
  const counts = Object.entries(kinds).map(([kind, of]) => {
    const whole = of.filter(({ outcome, entry_exec_ns }) => outcome === "ok" && entry_exec_ns !== null).length;
    return { kind, text: `${whole} of ${of.length}`, isWhole: of.length > 0 && whole === of.length };
  });
  return {
    cells: [
      `${session?.engine.server} (${name})`,
      `${session?.engine.storage_driver}, ${storage?.data_root} on ${storage?.device}`,
      ...counts.map(({ text }) => text),
      session?.images[0]?.layers_digest?.slice(0, 19) ?? "unknown",
    ],
    complaints: counts.flatMap(({ kind, text, isWhole }) => (isWhole ? [] : [`${name}: ${kind}: ${text} starts with all tiers`])),
  };
}
