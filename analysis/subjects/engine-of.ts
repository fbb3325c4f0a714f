/** What started the containers of a platform. */
import type { Engine } from "../../research/text/phase-words.ts";
import type { Subject } from "./subject.ts";

/** Of the last session; `undefined` for the study's folders, which do not describe it. */
export const engineOf = ({ source }: Subject): Engine | undefined =>
  "manifest" in source ? source.manifest.sessions.at(-1)?.engine : undefined;
