/** Whatever was read, as the subject of a comparison. */
import type { Subject } from "./measurement.ts";
import { studySubject } from "./paper/study-subject.ts";
import type { Source } from "./platform.ts";
import { platformSubject } from "./platform-subject.ts";

/** @throws Error or TableError for rows that can not be read */
export const toSubject = (source: Source): Subject => ("manifest" in source ? platformSubject(source) : studySubject(source));
