/** dockerd's command line and daemon.json → what is in force. dockerd refuses a setting that stands in both. */
import * as z from "zod";
import type { DaemonConfiguration } from "./facts.ts";

const STANDARD_FILE = "/etc/docker/daemon.json";

/** Keys of daemon.json that are read here; it may have any other. */
const daemonFile = z.looseObject({
  "default-ulimits": z.record(z.string(), z.unknown()).optional(),
  "userland-proxy": z.boolean().optional(),
  "no-new-privileges": z.boolean().optional(),
  hosts: z.array(z.string()).optional(),
  tlsverify: z.boolean().optional(),
});

/** @param words dockerd's command line, its own name left out */
export const configurationFile = (words: readonly string[]): string => valuesOf(words, "--config-file").at(-1) ?? STANDARD_FILE;

/**
 * @param words dockerd's command line, its own name left out
 * @param file text of daemon.json; `undefined` where there is none
 * @throws Error when the file is none that dockerd would take
 */
export function daemonConfiguration(words: readonly string[], file: string | undefined): DaemonConfiguration {
  const said = daemonFile.parse(file === undefined || file.trim() === "" ? {} : JSON.parse(file));
  return {
    defaultUlimits: [...valuesOf(words, "--default-ulimit"), ...Object.keys(said["default-ulimits"] ?? {})],
    userlandProxy: switched(words, "--userland-proxy") ?? said["userland-proxy"] ?? true,
    noNewPrivileges: switched(words, "--no-new-privileges") ?? said["no-new-privileges"] ?? false,
    hosts: [...valuesOf(words, "--host"), ...valuesOf(words, "-H"), ...(said.hosts ?? [])],
    tlsVerify: switched(words, "--tlsverify") ?? said.tlsverify ?? false,
  };
}

/** `--name value` and `--name=value`. */
const valuesOf = (words: readonly string[], name: string): string[] =>
  words.flatMap((word, index) => {
    if (word === name) return words[index + 1] ?? [];
    return word.startsWith(`${name}=`) ? word.slice(name.length + 1) : [];
  });

/** `--name`, `--name=true`, `--name=false`; the last one counts. */
function switched(words: readonly string[], name: string): boolean | undefined {
  const said = words.findLast((word) => word === name || word.startsWith(`${name}=`));
  return said === undefined ? undefined : said === name || /^(1|t|true)$/i.test(said.slice(name.length + 1));
}
