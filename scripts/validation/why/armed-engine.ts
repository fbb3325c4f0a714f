/** A private engine into whose starts known waits can be put: its runtime is a wrapper with a hook, beside it a server that is asked. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { ContainerRequest } from "../../../benchmarks/design/ports.ts";
import { type FoundEngine, findEngine } from "../../../benchmarks/edges/engine/find-engine.ts";
import { writeDelayingRuntime } from "../injection/delaying-runtime.ts";
import { claimEngine } from "../private-engine.ts";
import type { Amounts, Command } from "./injections.ts";
import { askingProgram, BUSY_LOOP, hookProgram, lockingProgram, serverProgram } from "./programs.ts";
import { borrowRcuExpedited } from "./rcu-expedited.ts";

/** What the hook says of itself, in ns. */
export interface HookReport {
  /** Since its fork. */
  readonly cpu: number;
  /** In its syncs, beside what they used a processor and waited for one. */
  readonly blocked: number;
}

export interface ArmedEngine extends AsyncDisposable {
  readonly engine: FoundEngine["engine"];
  readonly dockerd: number;
  /** For the next start. Disposal takes back what is the machine's. */
  readonly arm: (command: Command, amounts: Amounts) => Disposable & { readonly request: Omit<ContainerRequest, "image"> };
  /** Of the last start. */
  readonly report: () => HookReport;
}

const SOCKET = "/asked/socket";

/** @throws Error when the engine cannot be started, or is at another validation's work */
export async function startArmedEngine(say: (line: string) => void): Promise<ArmedEngine> {
  const own = await claimEngine("why");
  const endings: (() => unknown)[] = [() => own[Symbol.asyncDispose]()];
  const end = async (): Promise<void> => {
    for (const ending of endings.splice(0).reverse()) await ending();
  };
  try {
    const runtime = writeDelayingRuntime(own.files, () => hookProgram(own.files));
    say("starting a private engine with a wrapper runtime");
    await own.start(runtime.configuration);
    const asked = join(own.files, "asked.d");
    mkdirSync(asked, { recursive: true });
    const server = await openServer(own.files, join(asked, "socket"));
    endings.push(() => server.kill());
    const found = await findEngine(`unix://${own.socket}`, false, say);
    endings.push(() => found[Symbol.asyncDispose]());
    await found.engine.open();
    return {
      engine: found.engine,
      dockerd: own.pid(),
      arm: (command, amounts) => {
        runtime.arm({ place: "runtime_create", delay_ms: amounts.sleep_ms });
        writeFileSync(join(own.files, "plan"), `${amounts.burn_ms} ${amounts.syncs}\n`);
        rmSync(join(own.files, "report"), { force: true });
        const rcu = amounts.otherRcu ? borrowRcuExpedited() : undefined;
        rcu?.set(rcu.original === "0" ? "1" : "0");
        const loops = amounts.busy ? Array.from({ length: availableParallelism() }, () => spawn("perl", BUSY_LOOP)) : [];
        return {
          request: requestOf(command, amounts, asked),
          [Symbol.dispose]: () => {
            for (const loop of loops) loop.kill();
            rcu?.[Symbol.dispose]();
          },
        };
      },
      report: () => {
        const [cpu = Number.NaN, blocked = Number.NaN] = readFileSync(join(own.files, "report"), "utf8").split(" ").map(Number);
        return { cpu, blocked };
      },
      [Symbol.asyncDispose]: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

function requestOf(command: Command, { asked_ms, held_ms }: Amounts, asked: string): Omit<ContainerRequest, "image"> {
  switch (command) {
    case "plain":
      return { command: ["echo", "hello"] };
    case "asking":
      return {
        command: askingProgram(SOCKET, asked_ms),
        settings: { mounts: [{ kind: "bind", source: asked, target: "/asked" }] },
      };
    case "locking":
      return { command: lockingProgram(held_ms) };
    default:
      return command satisfies never;
  }
}

async function openServer(folder: string, socket: string): Promise<ChildProcess> {
  const program = join(folder, "asked");
  writeFileSync(program, serverProgram(socket), { mode: 0o755 });
  const server = spawn(program, { stdio: ["ignore", "pipe", "inherit"] });
  await once(server.stdout, "data");
  return server;
}
