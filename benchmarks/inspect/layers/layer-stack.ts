/** Layers one on top of the other: which files of a layer hide others', and how many bytes that wastes. */
import type { LayerEntry } from "./layer-entry.ts";

export interface HiddenFile {
  readonly path: string;
  readonly bytes: number;
  /** The layer that has it, from 0 at the bottom. */
  readonly layer: number;
}

export interface StackedLayer {
  readonly files: number;
  readonly bytes: number;
  /** Files of layers below that are hidden by this one, the largest first. */
  readonly hides: readonly HiddenFile[];
}

interface Node {
  readonly children: Map<string, Node>;
  /** Absent of what is no file. */
  file?: { readonly bytes: number; readonly layer: number };
}

const node = (): Node => ({ children: new Map() });

/** @param layers the bottom one first */
export function stackLayers(layers: readonly (readonly LayerEntry[])[]): StackedLayer[] {
  const root = node();
  return layers.map((entries, layer) => {
    const hides: HiddenFile[] = [];
    const hide = (path: string, from: Node): void => {
      // What this layer itself has brought is no waste, whatever the order of its entries.
      if (from.file !== undefined && from.file.layer !== layer) {
        hides.push({ path, ...from.file });
        delete from.file;
      }
      for (const [name, child] of from.children) hide(path === "" ? name : `${path}/${name}`, child);
    };
    let [files, bytes] = [0, 0];
    for (const entry of hidingFirst(entries)) {
      const at = find(root, entry.path);
      if (entry.kind === "opaque") for (const [name, child] of at.children) hide(join(entry.path, name), child);
      else if (entry.kind === "folder") hideFile(entry.path, at, layer, hides);
      else {
        hide(entry.path, at);
        if (entry.kind !== "file") continue;
        files += 1;
        bytes += entry.bytes;
        at.file = { bytes: entry.bytes, layer };
      }
    }
    return { files, bytes, hides: hides.toSorted((a, b) => b.bytes - a.bytes) };
  });
}

/** A folder in the place of a file hides it; one in the place of a folder adds to it. */
function hideFile(path: string, at: Node, layer: number, hides: HiddenFile[]): void {
  if (at.file === undefined || at.file.layer === layer) return;
  hides.push({ path, ...at.file });
  delete at.file;
}

/** A layer hides what is below it, never its own. */
const hidingFirst = (entries: readonly LayerEntry[]): readonly LayerEntry[] => [
  ...entries.filter(isHiding),
  ...entries.filter((entry) => !isHiding(entry)),
];
const isHiding = ({ kind }: LayerEntry): boolean => kind === "whiteout" || kind === "opaque";

const join = (folder: string, name: string): string => (folder === "" ? name : `${folder}/${name}`);

function find(root: Node, path: string): Node {
  let at = root;
  for (const name of path === "" ? [] : path.split("/")) {
    let next = at.children.get(name);
    if (next === undefined) {
      next = node();
      at.children.set(name, next);
    }
    at = next;
  }
  return at;
}
