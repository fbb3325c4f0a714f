/** Platforms of the results that nobody asked for, on the hosts of those that were: they tell how much sessions differ there. */
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { parseManifest } from "../../../research/manifest.ts";
import { hostKey } from "../../comparisons/host-spread.ts";
import { FEWEST_SESSIONS } from "../../samples/sessions.ts";
import type { Source } from "../../subjects/platform.ts";
import { knownLabels } from "./find-platform.ts";
import { type ResultsPlace, readPlatforms } from "./read-results.ts";
import { readText } from "./read-text.ts";

/** Only where one of those asked for has too few sessions. What cannot be read is passed over: nobody asked for it. */
export function otherPlatforms(asked: readonly Source[], place: ResultsPlace): Source[] {
  const manifests = asked.flatMap((source) => ("manifest" in source ? [source.manifest] : []));
  if (manifests.every(({ sessions }) => sessions.length >= FEWEST_SESSIONS)) return [];
  const hosts = new Set(manifests.flatMap(({ sessions }) => sessions.map(({ host }) => hostKey(host))));
  const folders = new Set(asked.map(({ folder }) => realpathSync(folder)));
  const labels = knownLabels(place.resultsFolder).filter((label) => {
    const folder = join(place.resultsFolder, label);
    if (folders.has(realpathSync(folder))) return false;
    try {
      const file = join(folder, "platform.json");
      const { sessions } = parseManifest(readText(file, "it was there a moment ago"), file, place.toolVersion);
      return sessions.length >= FEWEST_SESSIONS && sessions.every(({ host }) => hosts.has(hostKey(host)));
    } catch {
      return false;
    }
  });
  return labels.length === 0 ? [] : readPlatforms(labels, { ...place, withPaths: false }, () => undefined);
}
