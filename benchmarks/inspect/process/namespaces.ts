/** Which namespaces a process is in, and with whom it shares them: two processes share one whose inode is the same. */

export const NAMESPACE_KINDS = ["cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts"] as const;
export type NamespaceKind = (typeof NAMESPACE_KINDS)[number];

/** Inodes by kind; a kind that the kernel lacks, or does not show, is absent. */
export type Namespaces = Partial<Readonly<Record<NamespaceKind, number>>>;

export interface SharedNamespace {
  readonly kind: NamespaceKind;
  readonly inode: number;
  /** `host`: the machine's first process; `engine`: dockerd, where that has one of its own; else containers by name. */
  readonly shared_with: readonly string[];
}

/** @param link target of /proc/PID/ns/KIND, as `net:[4026531840]` */
export const inodeOf = (link: string): number | undefined => {
  const [, inode] = /^\w+:\[(\d+)\]$/.exec(link) ?? [];
  return inode === undefined ? undefined : Number(inode);
};

/** @param others by name, in the order in which they are to be told */
export function sharedNamespaces(own: Namespaces, others: ReadonlyMap<string, Namespaces>): SharedNamespace[] {
  return NAMESPACE_KINDS.flatMap((kind) => {
    const inode = own[kind];
    if (inode === undefined) return [];
    const shared_with = [...others].flatMap(([name, namespaces]) => (namespaces[kind] === inode ? name : []));
    return { kind, inode, shared_with };
  });
}
