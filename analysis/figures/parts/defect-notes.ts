/** Metrics that are not what their names say: stated below the figure's title, so that nobody misreads them. */
import { doubtsOf } from "../../detectors/findings-of.ts";
import type { Subject } from "../../subjects/subject.ts";
import type { Measured } from "./measured.ts";

export const defectNotes = (subjects: readonly Subject[], measured: readonly Measured[]): string[] => [
  ...new Set(
    measured.flatMap(({ platform, measurement }) => {
      const subject = subjects.find(({ label }) => label === platform);
      const defects = subject === undefined ? [] : doubtsOf(subject, measurement).defects;
      return defects.map((defect) => `Defect, conclude nothing: ${platform}: ${defect}.`);
    }),
  ),
];
