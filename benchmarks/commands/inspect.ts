/** `inspect`: what a container or an image is made of, and what the container may do. */
import { stdout } from "node:process";
import { MisuseError } from "../../research/misuse.ts";
import { escaped } from "../../research/text/visible.ts";
import { findEngine } from "../edges/engine/find-engine.ts";
import { inspectTarget } from "../edges/inspect/inspect-target.ts";
import { terminal } from "../edges/terminal/terminal.ts";
import { inspectScreen } from "../inspect/inspect-screen.ts";
import { say } from "./engine-options.ts";

interface InspectOptions {
  readonly target: string;
  readonly engine: string | undefined;
  readonly format: "text" | "json";
  /** How long to watch them, as `10s`. */
  readonly syscalls: string | undefined;
}

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60 };
const LONGEST_S = 600;

export async function inspect(options: InspectOptions, signal: AbortSignal): Promise<void> {
  const seconds = options.syscalls === undefined ? undefined : parseDuration(options.syscalls);
  await using found = await findEngine(options.engine, false, say, signal);
  await found.engine.open();
  const begun = (): void => say(`Watching system calls for ${options.syscalls}.`);
  const watching = seconds === undefined ? undefined : { seconds, begun };
  const output = await inspectTarget(found.engine, options.target, watching, signal);
  if (options.format === "json") console.log(escaped(JSON.stringify(output, null, 2)));
  else stdout.write(inspectScreen(output, terminal()));
}

/** @returns seconds @throws MisuseError */
export function parseDuration(text: string): number {
  const [, number, unit] = /^(\d{1,6}(?:\.\d{1,3})?)(ms|s|m)$/.exec(text) ?? [];
  const seconds = Number(number) * (UNITS[unit ?? ""] ?? Number.NaN);
  if (!(seconds > 0 && seconds <= LONGEST_S))
    throw new MisuseError(
      `--syscalls ${JSON.stringify(text)}: expected how long to watch, such as 10s, 500ms or 2m, at most ${LONGEST_S}s`,
    );
  return seconds;
}
