/** An engine whose containers have users of their own (userns-remap): a private one, which alone sees the users it maps. */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Docker from "dockerode";
import { afterAll, beforeAll, expect, it } from "vitest";
import { provideImages } from "../benchmarks/testing/prepare-engines.ts";
import { TABLES } from "../research/tables/catalogue.ts";
import { tierbench } from "./testing/command.ts";

const folder = mkdtempSync(join(tmpdir(), "tb-userns-"));
const engine = fileURLToPath(new URL("engine", import.meta.url));
const env = { ...process.env, TIERBENCH_ENGINE_ROOT: join(folder, "en"), TIERBENCH_ENGINE_CONFIG: join(folder, "daemon.json") };
let url: string;

beforeAll(async () => {
  writeFileSync(env.TIERBENCH_ENGINE_CONFIG, JSON.stringify({ "userns-remap": "daemon" }));
  chmodSync(folder, 0o711); // its users walk through it
  cpSync("/etc", join(folder, "etc"), { recursive: true, verbatimSymlinks: true });
  for (const name of ["subuid", "subgid"]) writeFileSync(join(folder, "etc", name), "daemon:300000:65536\n");
  // The engine lives in a mount namespace that begins as a copy of the one it is started in.
  const start = ["unshare", "-m", "sh", "-c", `set -e; mount --bind ${folder}/etc /etc; exec ${engine} start`] as const;
  url = execFileSync(start[0], start.slice(1), { env, encoding: "utf8" }).trim();
  await provideImages(url);
}, 300_000);
afterAll(() => {
  execFileSync(engine, ["stop"], { env, stdio: "pipe" });
  rmSync(folder, { recursive: true, force: true });
});

it("an engine with userns-remap is measured like any other: warm, cold, and what containers are confined by", async () => {
  const { SecurityOptions } = await new Docker({ socketPath: url.slice("unix://".length) }).info();
  expect(SecurityOptions).toContain("name=userns");
  const experiments = ["startup", "copy-up", "cpu-throttling", "write", "memory", "namespaces"];
  const options = { platform: "u", out: folder, engine: url, images: "small", iterations: 2 };
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const ended = await tierbench(["run", ...experiments, ...args]);
  expect(ended.code, ended.stderr).toBe(0);
  const read = TABLES.flatMap((table) => {
    const file = join(folder, "u", `${table.name}.csv`);
    return existsSync(file) ? [{ name: table.name, rows: table.parse(readFileSync(file, "utf8"), file) }] : [];
  });
  expect(read.map(({ name }) => name).sort()).toEqual(experiments.sort());
  for (const { name, rows } of read) for (const { outcome } of rows) expect(outcome, name).toBe("ok");
  // Each was seen to be cold, or it would have failed.
  expect(readFileSync(join(folder, "u/startup.csv"), "utf8")).toContain(",cold,");
}, 1_800_000);
