/** The mounts that a process sees (proc_pid_mountinfo(5)). */

export interface SeenMount {
  readonly point: string;
  readonly type: string;
  readonly source: string;
  /** The part of the file system that is mounted; `/` is all of it. */
  readonly root: string;
  /** Of the mount, as `ro,nosuid`; of the file system they are in the source's own hands. */
  readonly options: readonly string[];
  /** `null`: private. */
  readonly propagation: string | null;
}

const LINE = /^\d+ \d+ \S+ (\S+) (\S+) (\S+)((?: \S+)*?) - (\S+) (\S+) \S+$/;

export const readMounts = (mountinfo: string): SeenMount[] =>
  mountinfo.split("\n").flatMap((line): SeenMount[] => {
    const match = LINE.exec(line);
    if (match === null) return [];
    const [, root, point, options, fields, type, source] = match as unknown as [string, ...string[]] as string[];
    return [
      {
        ...{ point: unescaped(point ?? ""), type: type ?? "", source: unescaped(source ?? ""), root: unescaped(root ?? "") },
        options: (options ?? "").split(","),
        propagation: /\b(shared|master):\d+/.exec(fields ?? "")?.[1]?.replace("master", "slave") ?? null,
      },
    ];
  });

/** The kernel writes blanks and the like as three octal digits. */
const unescaped = (text: string): string =>
  text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

/** What every container has: the kernel's own file systems, and the files that engines write for it. */
const USUAL = /^\/(proc|sys|dev)(\/|$)|^\/etc\/(resolv\.conf|hostname|hosts)$/;

export const isUsualMount = ({ point }: SeenMount): boolean => USUAL.test(point);
