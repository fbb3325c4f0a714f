/** Flags about the process in a container: who it is, where, and with which environment. */
import { at, BadValue, type Flag, type JsonObject, list, many, map, one, pair, type Surroundings, toggle } from "./flag.ts";
import { duration, whole, word } from "./values.ts";

/** `NAME=VALUE` as it is; `NAME` from the caller's environment, or, where that has none, to remove the image's own. */
function variable(value: string, { variable: look }: Surroundings): string {
  if (value === "" || value.startsWith("=")) throw new BadValue(`expected NAME=VALUE or NAME, got ${JSON.stringify(value)}`);
  if (value.includes("=")) return value;
  const own = look(value);
  return own === undefined ? value : `${value}=${own}`;
}

/** Lines of a file for people: without empty ones and comments. */
const linesOf = (path: string, { read }: Surroundings): string[] => {
  let text: string;
  try {
    text = read(path);
  } catch (error) {
    throw new BadValue(`${path} cannot be read: ${(error as Error).message}`);
  }
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line) => line.trimStart())
    .filter((line) => line !== "" && !line.startsWith("#"));
};

/** A name alone takes the caller's value, and is left out where there is none. */
const environmentFile = (path: string, surroundings: Surroundings): string[] =>
  linesOf(path, surroundings).flatMap((line) => {
    const [name] = pair(line);
    if (name === "") throw new BadValue(`${path}: no name before = in ${JSON.stringify(line)}`);
    if (/\s/.test(name)) throw new BadValue(`${path}: the name ${JSON.stringify(name)} has spaces in it`);
    if (line.includes("=")) return line;
    const own = surroundings.variable(name);
    return own === undefined ? [] : `${name}=${own}`;
  });

/** A name alone is left out, as docker does. */
const labelFile = (path: string, surroundings: Surroundings): string[] =>
  linesOf(path, surroundings).filter((line) => line.includes("="));

const OURS = "tierbench.";

const labels = (texts: readonly string[]): JsonObject => {
  const ours = texts.find((text) => text.startsWith(OURS));
  if (ours !== undefined) throw new BadValue(`labels that begin with ${OURS} are tierbench's own, got ${JSON.stringify(ours)}`);
  const unnamed = texts.find((text) => text === "" || text.startsWith("="));
  if (unnamed !== undefined) throw new BadValue(`expected NAME=VALUE or NAME, got ${JSON.stringify(unnamed)}`);
  return at("Labels", Object.fromEntries(texts.map(pair)));
};

/** Files come first: what is typed counts more. */
export const PROCESS_FLAGS: readonly Flag[] = [
  many("env-file", "File of environment variables", (paths, surroundings) =>
    at(
      "Env",
      paths.flatMap((path) => environmentFile(path, surroundings)),
    ),
  ),
  list("env,e", "Env", variable, "Environment variable, NAME=VALUE, or NAME for the caller's own"),
  many("label-file", "File of labels", (paths, surroundings) => labels(paths.flatMap((path) => labelFile(path, surroundings)))),
  many("label,l", "Label, NAME=VALUE", labels),
  map("annotation", "HostConfig.Annotations", "Annotation for the OCI runtime, NAME=VALUE"),
  one("user,u", "User", word, "User or id[:group]"),
  list("group-add", "HostConfig.GroupAdd", word, "Another group"),
  one("workdir,w", "WorkingDir", word, "Working directory"),
  one("entrypoint", "Entrypoint", (value) => [value], "Program instead of the image's entrypoint; '' for none"),
  one("hostname", "Hostname", word, "Host name; docker's -h is help here"),
  one("domainname", "Domainname", word, "Domain name"),
  toggle("init", "Run an init as the first process", (on) => at("HostConfig.Init", on)),
  toggle("interactive,i", "Keep standard input open; nothing is typed into it", (on) => ({ OpenStdin: on })),
  toggle("tty,t", "Allocate a terminal", (on) => ({ Tty: on })),
  one("runtime", "HostConfig.Runtime", word, "OCI runtime, as the engine knows it"),
  one("stop-signal", "StopSignal", word, "Signal that asks it to end"),
  one("stop-timeout", "StopTimeout", whole(), "Seconds until it is killed"),
  one("health-cmd", "Healthcheck.Test", (value) => ["CMD-SHELL", value], "Command that checks its health"),
  one("health-interval", "Healthcheck.Interval", duration, "Time between checks, such as 1s"),
  one("health-timeout", "Healthcheck.Timeout", duration, "Most time for a check"),
  one("health-start-period", "Healthcheck.StartPeriod", duration, "Time in which failed checks do not count"),
  one("health-start-interval", "Healthcheck.StartInterval", duration, "Time between checks in that period"),
  one("health-retries", "Healthcheck.Retries", whole(0), "Failed checks until it is unhealthy"),
  toggle("no-healthcheck", "Leave the image's health check out", (on) => (on ? at("Healthcheck.Test", ["NONE"]) : {})),
];
