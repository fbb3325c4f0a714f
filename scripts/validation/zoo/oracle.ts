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

/** Between the entry of the call and what its task did next, on the wall clock in ns; strace's own cost is within. */
export interface Sighting {
  readonly call: string;
  readonly entered: bigint;
  readonly before: bigint;
}

/**
 * @param own the objects behind descriptors 1 and 2, a line each
 * @param calls lines of strace
 * @returns `undefined` when nothing was written to them
 */
export function firstOwnWrite(own: string, calls: string): Sighting | undefined {
  const objects = new Set(own.trim().split("\n"));
  const seen = [...straceCalls(calls.split("\n"))];
  const sightings = seen.flatMap(({ tid, at, text }, index) => {
    const [, call = "", args = "", result, seconds = "0", micros = "0"] =
      /^(\w+)\((.*)\) += (\d+)(?: .*)?<(\d+)\.(\d{6})>$/.exec(text) ?? [];
    if (result === undefined || result === "0" || !WRITES.split(",").includes(call)) return [];
    const target = /^\d+<(.*?)>$/.exec(args.split(", ")[TARGET[call] ?? 0] ?? "")?.[1];
    if (target === undefined || !objects.has(target)) return [];
    // Counted from when strace let the call go: on a busy machine milliseconds after the stamp.
    const returned = at + BigInt(seconds) * 1_000_000_000n + BigInt(micros) * 1_000n;
    const next = seen.slice(index + 1).find((call) => call.tid === tid);
    // In the order of their beginnings; but what waited for its input moved nothing before its end.
    return [{ call, entered: at, before: next?.at ?? returned, moved: call in TARGET ? returned : at }];
  });
  return sightings.sort((a, b) => (a.moved < b.moved ? -1 : 1))[0];
}
