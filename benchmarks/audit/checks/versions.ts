/** What runs the containers has a known way out of them, by its version number. */
import type { DaemonCheck, Sighting } from "../check.ts";
import { type EngineFacts, infoOf } from "../facts.ts";
import { KNOWN_ESCAPES, KNOWN_ESCAPES_AS_OF, type KnownEscape } from "../versions/known-escapes.ts";
import { isAffected, parseVersion, type Version } from "../versions/version.ts";

const COMPONENTS = [...new Set(KNOWN_ESCAPES.map(({ component }) => component))];
/** What a distribution has repaired keeps its number: that is worth a look, and no alarm. */
const OF_A_DISTRIBUTION = "medium";

function applies({ component, since, fixed, needsAuthorizationPlugin }: KnownEscape, engine: EngineFacts): Version | undefined {
  const version = parseVersion(engine.versions[component] ?? "");
  if (version === undefined) return undefined;
  if (needsAuthorizationPlugin === true && (infoOf(engine)?.Plugins.Authorization ?? []).length === 0) return undefined;
  const repaired = fixed.flatMap((text) => parseVersion(text) ?? []);
  return isAffected(version, since === undefined ? undefined : parseVersion(since), repaired) ? version : undefined;
}

function sighted(known: KnownEscape, engine: EngineFacts): Sighting[] {
  const version = applies(known, engine);
  if (version === undefined) return [];
  const { component, ids, what, severity, fixed, source } = known;
  const told = version.isPackaged ? "by version number, which a distribution keeps when it repairs" : "by version number";
  return [
    {
      seen: `${component} ${engine.versions[component]}: ${ids.join(", ")}`,
      why: `${what} (${told})`,
      severity: version.isPackaged && severity !== "low" ? OF_A_DISTRIBUTION : severity,
      confidence: version.isPackaged ? "version number of a distribution" : "version number",
      remedy: `${component} ${fixed.join(" or ")}, or your distribution's repaired one; ${source}`,
    },
  ];
}

export const VERSIONS: readonly DaemonCheck[] = [
  {
    id: "known-escapes",
    title: "known ways out of containers",
    severity: "high",
    why: `what has been published until ${KNOWN_ESCAPES_AS_OF} of dockerd, containerd, runc and the kernel in such versions`,
    remedy: "update; the finding names version and source",
    reference: null,
    look: (engine) => {
      if (COMPONENTS.every((component) => parseVersion(engine.versions[component] ?? "") === undefined))
        return { unseen: "no version of dockerd, containerd, runc and kernel is known" };
      return KNOWN_ESCAPES.flatMap((known) => sighted(known, engine));
    },
  },
];
