/** Whatever was read, as the subject of a comparison. */
import type { Subject } from "./measurement.ts";
import type { Source } from "./platform.ts";
import { platformSubject } from "./platform-subject.ts";
import { studySubject } from "./study-subject.ts";

/** @throws Error or TableError for rows that cannot be read */
export const toSubject = (source: Source): Subject => ("manifest" in source ? platformSubject(source) : studySubject(source));
