/** What a machine is like when a start is made: each state is made for one start, and undone after it. */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type FoundEngine, findEngine } from "../../../benchmarks/edges/engine/find-engine.ts";
import { openPageCache } from "../../../benchmarks/edges/host/page-cache.ts";
import { openImageFiles } from "../../../benchmarks/edges/images/image-files.ts";
import { provideImage } from "../../../benchmarks/edges/images/images.ts";
import { claimEngine } from "../private-engine.ts";
import { BUSY_LOOP } from "../why/programs.ts";
import { borrowRcuExpedited } from "../why/rcu-expedited.ts";

export const STATES = [
  ...["usual", "host", "cold", "memory", "discard", "no-discard"],
  ...["rcu-usual", "rcu-expedited", "busy", "nice"],
] as const;
export type State = (typeof STATES)[number];

const DATA_ROOTS = { disk: "on this machine's disk", memory: "in memory", loop: "on a loop device" } as const;
type DataRoot = keyof typeof DATA_ROOTS;
const DATA_ROOT_OF: Partial<Record<State, DataRoot>> = { memory: "memory", discard: "loop", "no-discard": "loop" };
/** Of file systems that are made. */
const SIZE = "1G";

export interface Place {
  readonly engine: FoundEngine["engine"];
  readonly image: string;
  readonly dataRoot: string;
}

export interface States extends AsyncDisposable {
  /** Where a start of this state is made. */
  readonly place: (state: State) => Place;
  /** Why the state cannot be had here. */
  readonly lacking: ReadonlyMap<State, string>;
  /** Makes the state; disposal undoes it. */
  readonly enter: (state: State) => Promise<Disposable>;
}

type Ending = () => unknown;

/** @throws Error when no engine can be started */
export async function openStates(say: (line: string) => void, signal: AbortSignal): Promise<States> {
  const endings: Ending[] = [];
  const end = async (): Promise<void> => {
    for (const ending of endings.splice(0).reverse()) await ending();
  };
  try {
    const places = new Map<DataRoot, Place>();
    const lacking = new Map<State, string>();
    for (const root of ["disk", "memory", "loop"] as const) {
      try {
        say(`starting a private engine with its data root ${DATA_ROOTS[root]}`);
        places.set(root, await openPlace(root, endings, say, signal));
      } catch (error) {
        signal.throwIfAborted();
        if (root === "disk") throw error;
        for (const state of STATES) if (DATA_ROOT_OF[state] === root) lacking.set(state, (error as Error).message);
      }
    }
    const { engine, image } = places.get("disk") as Place;
    const cache = await openPageCache(openImageFiles(engine.docker), engine.local, [image], undefined);
    if ("problem" in cache) lacking.set("cold", cache.problem);
    const rcu = borrowRcuExpedited();
    endings.push(() => rcu[Symbol.dispose]());
    const remount = (option: string): void => {
      execFileSync("mount", ["-o", `remount,${option}`, (places.get("loop") as Place).dataRoot]);
    };
    return {
      lacking,
      place: (state) => places.get(DATA_ROOT_OF[state] ?? "disk") as Place,
      enter: async (state) => {
        switch (state) {
          case "cold":
            if (!("problem" in cache)) await cache.drop(image);
            return NOTHING;
          case "discard":
          case "no-discard":
            remount(state === "discard" ? "discard" : "nodiscard");
            return NOTHING;
          case "rcu-usual":
          case "rcu-expedited":
            rcu.set(state === "rcu-usual" ? "0" : "1");
            return { [Symbol.dispose]: () => rcu.set(rcu.original) };
          case "busy":
          case "nice":
            return strangers(state === "nice" ? 19 : 0);
          default:
            return NOTHING;
        }
      },
      [Symbol.asyncDispose]: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

const NOTHING: Disposable = { [Symbol.dispose]: () => undefined };

/** A busy loop on every processor. */
function strangers(niceness: number): Disposable {
  const loops = Array.from({ length: availableParallelism() }, () =>
    spawn("nice", ["-n", `${niceness}`, "perl", ...BUSY_LOOP], { stdio: "ignore" }),
  );
  return {
    [Symbol.dispose]: () => {
      for (const loop of loops) loop.kill();
    },
  };
}

/** @param endings takes what ends the engine, and then its file system */
async function openPlace(root: DataRoot, endings: Ending[], say: (line: string) => void, signal: AbortSignal): Promise<Place> {
  const own = await claimEngine(`remedies-${root}`);
  const dataRoot = join(own.root, "lib/data");
  unmount(dataRoot);
  endings.push(
    () => unmount(dataRoot),
    () => own[Symbol.asyncDispose](),
  );
  mkdirSync(dataRoot, { recursive: true });
  if (root === "memory") execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "tierbench", dataRoot], { stdio: "pipe" });
  if (root === "loop") {
    const file = join(own.files, "disk");
    execFileSync("truncate", ["--size", SIZE, file]);
    // A journal's own thread would discard, and starts would wait for it in their syncs.
    execFileSync("mkfs.ext4", ["-q", "-O", "^has_journal", file], { stdio: "pipe" });
    execFileSync("mount", ["-o", "loop,discard", file, dataRoot], { stdio: "pipe" });
  }
  await own.start("");
  const found = await findEngine(`unix://${own.socket}`, false, say);
  endings.push(() => found[Symbol.asyncDispose]());
  await found.engine.open();
  const { reference } = await provideImage(found.engine.docker, { kind: "local", name: "small" }, say, signal);
  return { engine: found.engine, image: reference, dataRoot };
}

/** Also what a validation that was killed left there. */
function unmount(folder: string): void {
  if (readFileSync("/proc/self/mounts", "utf8").includes(` ${folder} `)) execFileSync("umount", [folder]);
}
