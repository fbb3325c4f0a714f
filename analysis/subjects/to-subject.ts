/** Whatever was read, as the subject of every analysis. */
import type { Source } from "./platform.ts";
import { platformSubject } from "./platform-subject.ts";
import { studySubject } from "./study-subject.ts";
import type { Subject } from "./subject.ts";

export const toSubject = (source: Source): Subject => ("manifest" in source ? platformSubject(source) : studySubject(source));
