/** The folders of an overlay mount, from a line of /proc/PID/mountinfo (proc_pid_mountinfo(5)). */
import { posix } from "node:path";

/** Paths are as the process that mounted it sees them, each character one byte: names of files need not be UTF-8. */
export interface OverlayMount {
  readonly point: string;
  /** Topmost first. */
  readonly lower: readonly string[];
  readonly upper: string;
}

/** @param mountinfo read as latin1 */
export function overlayMounts(mountinfo: string): OverlayMount[] {
  return mountinfo.split("\n").flatMap((line) => {
    const match = /^\d+ \d+ \S+ \S+ (\S+) .*? - overlay \S+ (\S+)$/.exec(line);
    if (match === null) return [];
    const [, point = "", options = ""] = match;
    const named = options.split(",").map((option): [string, string] => {
      const at = option.indexOf("=");
      return [option.slice(0, at), unescaped(option.slice(at + 1))];
    });
    const upper = named.find(([name]) => name === "upperdir")?.[1] ?? "";
    // Since Linux 6.8 one layer an option, if it was mounted so; then a colon means nothing.
    const lower = named.flatMap(([name, value]) => {
      if (name === "lowerdir+" || name === "datadir+") return [value];
      return name === "lowerdir" ? value.split(/(?<!\\):/).map((path) => path.replaceAll(/\\([:\\,])/g, "$1")) : [];
    });
    // So many layers that their paths are too long for one mount are named from the folder that has them all.
    const all = posix.dirname(posix.dirname(upper));
    return [
      { point: unescaped(point), upper, lower: lower.filter((path) => path !== "").map((path) => posix.resolve(all, path)) },
    ];
  });
}

/** The kernel writes blanks, commas and the like as three octal digits. */
const unescaped = (text: string): string =>
  text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
