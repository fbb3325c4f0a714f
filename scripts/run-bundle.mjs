/**
 * Runs the bundled command in this thread. What V8 has compiled of it is kept for the next time, command by command: without
 * it every command compiles for a seventh of a second before it begins.
 */
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";
import { isMainThread, workerData } from "node:worker_threads";
import { crc32 } from "node:zlib";
import { isPublished } from "./setup.mjs";

/** Of a stored compilation: the bundle's own digest (V8 knows sources by their length alone), and the checksum of what follows. */
const HEADER = /^(\S+) ([0-9a-f]{1,8})\n/;
const LONGEST_HEADER = 100;

/**
 * Bytes of bytecode that a function runs before V8 thinks of optimising it. Node 20 has 66 KiB, far too few for commands of half
 * a second: a third of their processor time went into machine code that was hardly run. Later versions wait long enough.
 */
const INTERRUPT_BUDGET = 1_000_000;
/** What a thread begins with for new objects; of one MiB it would copy what Vega makes of a page again and again. */
const YOUNG_MIB = 16;

/**
 * @param path of the bundle (bundle.mjs says what it is)
 * @param command whose compilation serves, or `--help`; none is kept where it failed, as with a word that is no command
 */
export function runBundle(path, command) {
  // Before anything is loaded: what was compiled under other flags is not taken.
  if (isMainThread && process.version.startsWith("v20."))
    setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET} --min-semi-space-size=${YOUNG_MIB}`);
  const source = readFileSync(path, "latin1");
  const digest = /^\/\* (\S+) \*\//.exec(source)?.[1];
  const name = /^(?:--)?([a-z][a-z-]*)$/.exec(command ?? "")?.[1];
  const folder = name && folderFor(path);
  const file = folder && join(folder, `${name}-${process.version}.v8`);
  const cachedData = file && readCompiled(file, digest);
  const script = new Script(source, { filename: path, cachedData });
  // A thread's compilation is a part of the command's.
  if (file !== undefined && isMainThread && (cachedData === undefined || script.cachedDataRejected))
    process.once("exit", (code) => {
      if (code === 0) keepCompiled(file, digest, script.createCachedData());
    });
  const module = { exports: {} };
  script.runInThisContext().call(module.exports, module.exports, createRequire(path), module, path, dirname(path));
}

/** The installed package may be another user's, and is left as it was installed. @returns undefined where a user has no home */
function folderFor(path) {
  if (!isPublished) return dirname(path);
  try {
    const cache = [process.env.XDG_CACHE_HOME ?? "", join(homedir(), ".cache")].find(isAbsolute);
    return cache && join(cache, "tierbench");
  } catch {
    return undefined;
  }
}

/** @returns undefined where there is none that can be trusted: it is as good as code */
function readCompiled(file, digest) {
  let opened;
  try {
    opened = openSync(file, "r");
    const { uid } = fstatSync(opened);
    if (process.getuid !== undefined && uid !== process.getuid() && uid !== 0) return undefined;
    const bytes = readFileSync(opened);
    const [header, of, sum] = HEADER.exec(bytes.toString("latin1", 0, LONGEST_HEADER)) ?? [];
    if (header === undefined || of !== digest) return undefined;
    const compiled = bytes.subarray(header.length);
    return crc32(compiled).toString(16) === sum ? compiled : undefined; // V8 itself does not look
  } catch {
    return undefined;
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

/** Whole or not at all; where it cannot be written, the next command compiles once more. */
function keepCompiled(file, digest, compiled) {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    for (const folder of [dirname(dirname(file)), dirname(file)]) if (!existsSync(folder)) mkdirSync(folder);
    writeFileSync(temporary, `${digest} ${crc32(compiled).toString(16)}\n`, { flag: "wx", mode: 0o644 });
    writeFileSync(temporary, compiled, { flag: "a" });
    renameSync(temporary, file);
  } catch {
    rmSync(temporary, { force: true });
  }
}

// A thread of the bundle's own: who starts it says which one.
if (!isMainThread && typeof workerData?.bundle === "string") runBundle(workerData.bundle, workerData.command);
