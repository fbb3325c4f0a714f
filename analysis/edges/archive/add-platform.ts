/** A platform that was handed in → a folder of `results/`, made whole or not at all, and never over another. */
import { existsSync, lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { MisuseError } from "../../../research/misuse.ts";
import { LABEL_EXPECTED, LABEL_PATTERN } from "../../../research/protocol.ts";
import type { ValidatedPlatform } from "../../validation/problem.ts";
import { validatePlatform } from "../reading/validate-platform.ts";
import { handedIn } from "./platform-files.ts";

export interface Added {
  readonly folder: string;
  readonly leftOut: readonly string[];
  readonly validated: ValidatedPlatform;
}

/**
 * @param label of the new folder; without it, the platform's own
 * @throws MisuseError for a label that is taken or not valid; Error for a platform that cannot be taken, with the reason
 */
export function addPlatform(path: string, label: string | undefined, resultsFolder: string, toolVersion: string): Added {
  const { name, files, leftOut } = handedIn(path);
  const manifest = files.find((file) => file.name === "platform.json");
  const json = manifest === undefined ? undefined : jsonOf(manifest.bytes);
  const own = typeof json?.label === "string" ? json.label : name;
  const wanted = label ?? own;
  if (!LABEL_PATTERN.test(wanted))
    throw new MisuseError(
      `platform label ${JSON.stringify(wanted.slice(0, 100))} is not valid: expected ${LABEL_EXPECTED}; name it with --label`,
    );
  const folder = join(resultsFolder, wanted);
  if (lstatSync(folder, { throwIfNoEntry: false }) !== undefined)
    throw new MisuseError(
      `platform ${wanted} exists already (${folder}) and is never overwritten: choose another name with --label`,
    );
  makeFolder(resolve(resultsFolder));
  const made = mkdtempSync(join(resultsFolder, ".adding-"));
  try {
    const staged = join(made, wanted);
    mkdirSync(staged);
    for (const { name: file, bytes } of files) {
      const renamed = file === "platform.json" && json !== undefined && own !== wanted;
      writeFileSync(join(staged, file), renamed ? `${JSON.stringify({ ...json, label: wanted }, null, 2)}\n` : bytes, {
        flag: "wx",
      });
    }
    const validated = validatePlatform(staged, toolVersion);
    const broken = validated.problems.filter(({ severity, check }) => severity === "defect" && check !== "detector");
    const [first] = broken;
    if (first !== undefined) {
      const at = [first.file, first.line].filter((part) => part !== null).join(":");
      const more = broken.length > 1 ? `, and ${broken.length - 1} more` : "";
      throw new Error(
        `${path} was not added: ${first.what.startsWith(at) ? "" : `${at}: `}${first.what}${more}; \`tierbench platform validate\` says all of it of a folder`,
      );
    }
    renameSync(staged, folder);
    return { folder, leftOut, validated: { ...validated, folder } };
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** What is no JSON, the check says better. */
function jsonOf(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(resolve(folder, ".."));
  mkdirSync(folder);
}
