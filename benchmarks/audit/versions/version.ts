/** Version numbers as engines and kernels print them, in their order. */

export interface Version {
  /** Three numbers; what is not said is 0. */
  readonly numbers: readonly [number, number, number];
  /** Of a release candidate; `undefined` of a release. */
  readonly candidate: number | undefined;
  /** Whether more stands behind: who packaged it may have repaired it, and kept the number. */
  readonly isPackaged: boolean;
}

const VERSION = /^v?(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?(?:[-~]?rc\.?(\d{1,4}))?(.*)$/;

/** @returns `undefined` of what is no version, as `<unknown>` */
export function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text.trim());
  if (match === null) return undefined;
  const [, major, minor, patch, candidate, rest] = match;
  return {
    numbers: [Number(major), Number(minor), Number(patch ?? 0)],
    candidate: candidate === undefined ? undefined : Number(candidate),
    isPackaged: rest !== "",
  };
}

/** @returns less than 0 where `a` is older; a candidate is older than its release */
export function compareVersions(a: Version, b: Version): number {
  for (const [index, number] of a.numbers.entries()) {
    const difference = number - (b.numbers[index] as number);
    if (difference !== 0) return difference;
  }
  return (a.candidate ?? Number.POSITIVE_INFINITY) === (b.candidate ?? Number.POSITIVE_INFINITY)
    ? 0
    : (a.candidate ?? Number.POSITIVE_INFINITY) - (b.candidate ?? Number.POSITIVE_INFINITY);
}

/** Maintained apart from others, as 1.2 beside 1.3. */
const isSameLine = (a: Version, b: Version): boolean => a.numbers[0] === b.numbers[0] && a.numbers[1] === b.numbers[1];

/**
 * @param since the first that has it; `undefined`: all before
 * @param fixed the first repaired version of each line that was repaired; a line without one is affected where a newer one
 *   had to be repaired
 */
export function isAffected(version: Version, since: Version | undefined, fixed: readonly Version[]): boolean {
  if (since !== undefined && compareVersions(version, since) < 0) return false;
  const ownLine = fixed.find((one) => isSameLine(one, version));
  return ownLine === undefined ? fixed.some((one) => compareVersions(version, one) < 0) : compareVersions(version, ownLine) < 0;
}
