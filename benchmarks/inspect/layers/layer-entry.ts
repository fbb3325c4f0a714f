/** What a layer holds: one entry a name. */
export interface LayerEntry {
  /** From the root of the image, without a slash at either end; each character a byte, as names need not be UTF-8. */
  readonly path: string;
  /** `whiteout`: hides that name of the layers below; `opaque`: hides all that they have in this folder. */
  readonly kind: "file" | "folder" | "other" | "whiteout" | "opaque";
  /** Of a file; 0 of all else, and of a further name of the same file. */
  readonly bytes: number;
}

const WHITEOUT = ".wh.";
const OPAQUE = ".wh..wh..opq";

const KINDS: Readonly<Record<string, LayerEntry["kind"]>> = {
  file: "file",
  "contiguous-file": "file",
  link: "file",
  directory: "folder",
};

/**
 * An entry of a layer's tar (OCI image specification, "Image Layer Filesystem Changeset").
 * @param type as tar-stream names it
 */
export function entryOfTar(name: string, type: string, size: number): LayerEntry | undefined {
  const path = name.replace(/^(\.?\/)+/, "").replace(/\/+$/, "");
  if (path === "" || path === ".") return undefined;
  const at = path.lastIndexOf("/") + 1;
  const [folder, base] = [path.slice(0, at), path.slice(at)];
  if (base === OPAQUE) return { path: folder.slice(0, -1), kind: "opaque", bytes: 0 };
  if (base.startsWith(WHITEOUT)) return { path: folder + base.slice(WHITEOUT.length), kind: "whiteout", bytes: 0 };
  const kind = KINDS[type] ?? "other";
  // The bytes of a hard link are counted at its first name.
  return { path, kind, bytes: kind === "file" && type !== "link" ? size : 0 };
}
