/**
 * When an entrypoint first wrote to the container's own output, by strace: it prints the object behind each descriptor
 * (`-y`), so that nobody has to follow descriptors. It runs within the container, around the entrypoint.
 */
import { straceCalls } from "../witness/strace-sights.ts";

/** The folders as the container sees them: programs, and what the oracle writes. */
export const PROGRAMS = "/zoo/programs";
export const TESTIMONY = "/zoo/testimony";

const WRITES = "write,writev,pwrite64,pwritev,pwritev2,vmsplice,sendfile,splice,tee";
/** Which argument of a call is written to; the first where it is not said. */
const TARGET: Readonly<Record<string, number>> = { splice: 2, tee: 1 };

/**
 * The command that runs another under strace, with the identities of the container's own output beside the trace. A shell
 * stays the entrypoint: strace gives its own standard output away.
 */
export const watched = (command: readonly string[]): string[] => [
  "sh",
  "-c",
  `(readlink /proc/$$/fd/1; readlink /proc/$$/fd/2) >${TESTIMONY}/own; ${PROGRAMS}/ld.so --library-path ${PROGRAMS} ${PROGRAMS}/strace -f -y -ttt -T -s 1 -e signal=none -e trace=${WRITES},clone -o ${TESTIMONY}/calls "$@"; exit $?`,
  "sh",
  ...command,
];

/** Between the entry of the call and its return, on the wall clock in ns; strace's own cost is within. */
export interface Sighting {
  readonly call: string;
  readonly entered: bigint;
  readonly returned: bigint;
}

/**
 * @param own the objects behind descriptors 1 and 2, a line each
 * @param calls lines of strace
 * @returns `undefined` when nothing was written to them
 */
export function firstOwnWrite(own: string, calls: string): Sighting | undefined {
  const objects = new Set(own.trim().split("\n"));
  const sightings = [...straceCalls(calls.split("\n"))].flatMap(({ at, text }): Sighting[] => {
    const [, call = "", args = "", result, seconds = "0", micros = "0"] =
      /^(\w+)\((.*)\) += (\d+)(?: .*)?<(\d+)\.(\d{6})>$/.exec(text) ?? [];
    if (result === undefined || result === "0" || !WRITES.split(",").includes(call)) return [];
    const target = /^\d+<(.*?)>$/.exec(args.split(", ")[TARGET[call] ?? 0] ?? "")?.[1];
    if (target === undefined || !objects.has(target)) return [];
    return [{ call, entered: at, returned: at + BigInt(seconds) * 1_000_000_000n + BigInt(micros) * 1_000n }];
  });
  // In the order of their beginnings; but what waited for its input moved nothing before its end.
  const moved = ({ call, entered, returned }: Sighting): bigint => (call in TARGET ? returned : entered);
  return sightings.sort((a, b) => (moved(a) < moved(b) ? -1 : 1))[0];
}
