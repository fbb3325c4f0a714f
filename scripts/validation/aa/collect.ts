/**
 * Sessions of engines that do not differ: rounds of A, of B and of a third that is slower by a delay of ours, private engines
 * of one version, each stopped and started before every round. Rounds that are there count, so that they may be collected in
 * pieces.
 */
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { toolVersion } from "../../../benchmarks/edges/files/tool-version.ts";
import { parseManifest } from "../../../research/manifest.ts";
import { writeDelayingRuntime } from "../injection/delaying-runtime.ts";
import { claimEngine } from "../private-engine.ts";

const run = promisify(execFile);
const COMMAND = fileURLToPath(new URL("../../tierbench", import.meta.url));

/** What the third engine's runtime sleeps before `create`; the same wrapper sleeps for 0 ms in the other two. */
export const DELAY_MS = 20;
export const A = "aa-a";
export const B = "aa-b";
export const DELAYED = "aa-delayed";

/** Power needs fewer rounds than what must not happen. */
const DELAYED_ROUNDS = 10;

/** An engine with its wrapper. */
interface Arm extends AsyncDisposable {
  readonly label: string;
  readonly url: string;
  readonly restart: () => Promise<void>;
}

async function prepareArm(label: string, delay_ms: number): Promise<Arm> {
  const own = await claimEngine(label);
  const runtime = writeDelayingRuntime(own.files);
  runtime.arm({ place: "runtime_create", delay_ms });
  return {
    label,
    url: `unix://${own.socket}`,
    restart: async () => {
      await own.stop();
      await own.start(runtime.configuration);
    },
    [Symbol.asyncDispose]: () => own[Symbol.asyncDispose](),
  };
}

export interface Collection {
  /** Of the three platforms. */
  readonly folder: string;
  readonly rounds: number;
  /** Warm starts of a session; it has two cold ones for every five. */
  readonly blocks: number;
}

/** @throws Error when an engine cannot be started, or a session fails */
export async function collect(
  { folder, rounds, blocks }: Collection,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  const present = roundsIn(folder);
  if (present >= rounds) return;
  await using a = await prepareArm(A, 0);
  await using b = await prepareArm(B, 0);
  await using delayed = await prepareArm(DELAYED, DELAY_MS);
  const arms = [a, b, delayed];
  const options = ["--iterations", `${blocks}`, "--sessions", "1", "--images", "small", "--out", folder];
  for (let round = present + 1; round <= rounds && !signal.aborted; round += 1) {
    say(`round ${round} of ${rounds}`);
    const measured = round <= DELAYED_ROUNDS ? arms : [a, b];
    const platforms = measured.flatMap(({ label, url }) => ["--platform", `${label}=${url}`]);
    await Promise.all(measured.map((arm) => arm.restart()));
    const more = round === 1 ? [] : ["--append"];
    const stopped = { signal, killSignal: "SIGINT" } as const; // before its engines are
    await run(COMMAND, ["run", "startup", ...platforms, ...options, ...more], { maxBuffer: 1 << 26, ...stopped });
  }
}

/** That both have. */
function roundsIn(folder: string): number {
  return Math.min(
    ...[A, B].map((label) => {
      const file = join(folder, label, "platform.json");
      return existsSync(file) ? parseManifest(readFileSync(file, "utf8"), file, toolVersion).sessions.length : 0;
    }),
  );
}
