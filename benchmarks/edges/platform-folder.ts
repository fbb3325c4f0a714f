/** `results/<label>/`: made once, added to with --append, its manifest replaced atomically. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Manifest, parseManifest, type Session } from "../../research/manifest.ts";
import { MisuseError } from "../../research/misuse.ts";
import { LABEL_EXPECTED, LABEL_PATTERN } from "../../research/protocol.ts";

export interface PlatformFolder {
  readonly folder: string;
  /** Number of the session to come. */
  readonly session: number;
  readonly startupCsv: string;
  /** Writes the manifest with this session in its place, as it is now. */
  readonly save: (session: Session) => void;
}

/** @throws MisuseError */
export function checkLabel(label: string): void {
  if (!LABEL_PATTERN.test(label))
    throw new MisuseError(`platform label ${JSON.stringify(label)} is not valid: expected ${LABEL_EXPECTED}`);
}

/**
 * Nothing is written before the first `save`.
 * @throws MisuseError for a bad label, or one that exists without `append`; ManifestError for a folder of another version
 */
export function openPlatformFolder(results: string, label: string, append: boolean, toolVersion: string): PlatformFolder {
  checkLabel(label);
  const folder = join(results, label);
  const file = join(folder, "platform.json");
  if (existsSync(folder) && !append) {
    throw new MisuseError(
      `platform ${label} exists already (${folder}): choose another label, or add a session to it with --append`,
    );
  }
  const known: Manifest | undefined = existsSync(file) ? parseManifest(readFileSync(file, "utf8"), file, toolVersion) : undefined;
  const earlier = known?.sessions ?? [];
  return {
    folder,
    session: earlier.length + 1,
    startupCsv: join(folder, "startup.csv"),
    save: (session) => {
      const manifest: Manifest = { label, sessions: [...earlier, session] };
      try {
        makeFolder(resolve(folder));
        writeFileSync(`${file}.tmp`, `${JSON.stringify(manifest, null, 2)}\n`);
        renameSync(`${file}.tmp`, file);
      } catch (cause) {
        rmSync(`${file}.tmp`, { force: true });
        throw new Error(`${file} could not be written (${(cause as Error).message}); what it held before is unharmed`, { cause });
      }
    },
  };
}

/** mkdirSync's own recursion never returns where nothing can be made, as in /proc (seen in Node 20.20). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}
