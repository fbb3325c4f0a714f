/** Files in one archive and back: POSIX ustar, without owner and time, so that the same files are the same bytes. */

export interface ArchivedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const BLOCK = 512;
const NAME_BYTES = 100;
/** Where a header's fields begin, and how long they are (POSIX.1-1988, pax(1), ustar interchange format). */
const FIELDS = { mode: [100, 8], uid: [108, 8], gid: [116, 8], size: [124, 12], mtime: [136, 12], sum: [148, 8] } as const;
const [TYPE, MAGIC, PREFIX] = [156, 257, 345];
const PREFIX_BYTES = 155;

/** In the order given. @throws Error for a name that is too long */
export function packTar(files: readonly ArchivedFile[]): Buffer {
  const parts = files.flatMap(({ name, bytes }) => [
    headerOf(name, bytes.length),
    bytes,
    Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function headerOf(name: string, size: number): Buffer {
  if (Buffer.byteLength(name) > NAME_BYTES) throw new Error(`${name}: too long a name for an archive`);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  octal(header, FIELDS.mode, 0o644);
  octal(header, FIELDS.uid, 0);
  octal(header, FIELDS.gid, 0);
  octal(header, FIELDS.size, size);
  octal(header, FIELDS.mtime, 0);
  header.write("0", TYPE);
  header.write("ustar\u000000", MAGIC);
  octal(header, FIELDS.sum, sumOf(header));
  return header;
}

function octal(header: Buffer, [at, length]: readonly [number, number], value: number): void {
  header.write(value.toString(8).padStart(length - 1, "0"), at);
}

/** The sum's own field counts as blanks. */
function sumOf(header: Buffer): number {
  const [at, length] = FIELDS.sum;
  return header.reduce((sum, byte, index) => sum + (index >= at && index < at + length ? 0x20 : byte), 0);
}

/**
 * Names are as they stand there, and not to be trusted. Folders are left out.
 * @throws Error for anything that is neither a file nor a folder, and for an archive that is broken
 */
export function unpackTar(archive: Buffer): ArchivedFile[] {
  const files: ArchivedFile[] = [];
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return files;
    const size = number(header, FIELDS.size);
    if (number(header, FIELDS.sum) !== sumOf(header) || Number.isNaN(size))
      throw new Error(`not an archive, or a broken one: no valid header at byte ${at}`);
    const name = [text(header, PREFIX, PREFIX_BYTES), text(header, 0, NAME_BYTES)].filter((part) => part !== "").join("/");
    const begin = at + BLOCK;
    if (begin + size > archive.length) throw new Error(`the archive is cut off within ${name}`);
    const type = String.fromCharCode(header[TYPE] as number);
    if (type === "0" || type === "\0") files.push({ name, bytes: archive.subarray(begin, begin + size) });
    else if (!SKIPPED.includes(type))
      throw new Error(`${name}: ${KINDS[type] ?? "neither a file nor a folder"}, and only files are taken`);
    at = begin + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

/** Folders, and what some programs say of a file beside its content. */
const SKIPPED = ["5", "x", "g"];
const KINDS: Readonly<Record<string, string>> = {
  "1": "a link",
  "2": "a symbolic link",
  "3": "a device",
  "4": "a device",
  "6": "a pipe",
};

const text = (header: Buffer, at: number, length: number): string =>
  header.toString("utf8", at, at + length).replace(/\0.*$/s, "");

function number(header: Buffer, [at, length]: readonly [number, number]): number {
  const digits = text(header, at, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
}
