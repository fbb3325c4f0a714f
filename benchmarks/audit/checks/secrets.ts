/** Secrets in what everybody may read who may ask the engine. Their names are told, their values never. */
import { type ContainerCheck, type ImageCheck, type Sighting, sightings } from "../check.ts";

const NAME =
  /(^|_)(PASSWORD|PASSWD|PASSPHRASE|PASS|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|SECRET_?KEY|PRIVATE_?KEY|ENCRYPTION_?KEY|CREDENTIALS?)(_|$)/i;
/** It says where the secret is, or what is asked of it. */
const ABOUT_ONE = /_(FILE|PATH|DIR|NAME|LENGTH|TTL|EXPIRY|EXPIRES(_IN)?|MIN|MAX|POLICY|ENABLED|REQUIRED)$/i;
const NO_SECRET = /^(|true|false|yes|no|on|off|none|null|\d{1,6}|\/\S*)$/i;

/** What some values are, whatever they are called; the beginnings are those that their makers gave them. */
const VALUES: readonly (readonly [RegExp, string])[] = [
  [/^-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
  [/^AKIA[0-9A-Z]{16}$/, "an access key of AWS"],
  [/^gh[pousr]_[A-Za-z0-9]{36,}$/, "a token of GitHub"],
  [/^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i, "an address with a password"],
];

/** @param entry `NAME=value` @returns what to call it; `undefined` where it is none */
function secretIn(entry: string): string | undefined {
  const at = entry.indexOf("=");
  if (at < 0) return undefined;
  const [name, value] = [entry.slice(0, at), entry.slice(at + 1)];
  const kind = VALUES.find(([pattern]) => pattern.test(value))?.[1];
  if (kind !== undefined) return `${name} (${kind})`;
  return NAME.test(name) && !ABOUT_ONE.test(name) && !NO_SECRET.test(value) ? name : undefined;
}

const namesIn = (entries: readonly string[]): Sighting[] => sightings(...new Set(entries.map(secretIn)));

/** Both builders write the values of ARG before the command that may use them: `|2 NAME=value NAME=value /bin/sh -c …` */
function buildArguments(createdBy: string): string[] {
  const [, count, rest] = /^(?:RUN )?\|(\d{1,3}) (.*)$/s.exec(createdBy) ?? [];
  return count === undefined || rest === undefined ? [] : rest.split(" ").slice(0, Number(count));
}

const WHY = "whoever may inspect it reads them, and so does every process in it; logs and crash reports copy them";

export const CONTAINER_SECRETS: readonly ContainerCheck[] = [
  {
    id: "secrets-in-environment",
    title: "secrets in the environment",
    severity: "high",
    why: WHY,
    remedy: "a file: a secret of compose or swarm, or a read-only mount, named by …_FILE",
    reference: null,
    look: ({ Config, Image }, { images }) => {
      // The image's own are its finding.
      const inherited = images.get(Image)?.Config.Env ?? [];
      return namesIn(Config.Env.filter((entry) => !inherited.includes(entry)));
    },
  },
];

export const IMAGE_SECRETS: readonly ImageCheck[] = [
  {
    id: "secrets-in-image",
    title: "secrets in the image",
    severity: "high",
    why: `${WHY}; whoever pulls the image has them`,
    remedy: "take them for known and change them; then RUN --mount=type=secret at build, files at start",
    reference: "4.10",
    look: ({ Config, History }) => [
      ...namesIn(Config.Env),
      ...namesIn(History.flatMap(({ CreatedBy }) => buildArguments(CreatedBy))).map(({ seen }) => ({
        seen: `${seen}, an argument of the build`,
      })),
    ],
  },
];
