/** A study's folder as an audit sees it: samples by name, what the notes and the detectors say, and what is missing. */
import { detect } from "../detectors/detect.ts";
import type { Detector, Finding } from "../detectors/finding.ts";
import { timeOrder } from "../samples/time-order.ts";
import type { Measurement } from "../subjects/measurement.ts";
import type { StudyPlatform, Unread } from "../subjects/platform.ts";
import { machineFacts } from "../subjects/platform-notes.ts";
import { studySubject } from "../subjects/study-subject.ts";
import type { Subject } from "../subjects/subject.ts";
import type { DataNeed } from "./published.ts";

export interface StudyMachine {
  /** Its label is the folder's name. */
  readonly platform: StudyPlatform;
  /** What the folder measured. */
  readonly subject: Subject;
  /** Of its notes; empty where there are none. */
  readonly facts: Readonly<Record<string, string>>;
  /** What every detector found in it. */
  readonly findings: readonly Finding[];
}

/** @param platformInfo the notes on the machine; `null` where they cannot be read */
export function studyMachine(platform: StudyPlatform, platformInfo: string | null): StudyMachine {
  const subject = studySubject(platform);
  const { measurements } = subject;
  return {
    ...{ platform, subject },
    facts: platformInfo === null ? {} : machineFacts(platformInfo),
    findings: detect({
      measurements,
      timeOrders: measurements.map(({ values }) => (values.length === 0 ? null : timeOrder(values))),
      run_seconds: platform.run_seconds,
    }),
  };
}

export interface AuditedStudy {
  readonly machines: readonly StudyMachine[];
  /** Platforms of which nothing can be read. */
  readonly unread: readonly Unread[];
  /** What is not there, cannot be read or is not as published, a line each. */
  readonly problems: readonly string[];
}

/** Which sample: all by name. */
export interface SampleName {
  readonly platform: string;
  readonly file: string;
  readonly condition: string;
  readonly column: string;
}

/** As the study starts containers: warm, and with no flags of docker run that it did not give. */
export const isPlainWarm = ({ mode, variant }: Measurement["factors"]): boolean => mode === "warm" && variant === undefined;

export const machineOf = ({ machines }: AuditedStudy, label: string): StudyMachine | undefined =>
  machines.find(({ platform }) => platform.label === label);

/** Of one detector in one experiment of one machine. */
export const findingsOf = (study: AuditedStudy, label: string, detector: Detector, experiment: string): readonly Finding[] =>
  (machineOf(study, label)?.findings ?? []).filter((each) => each.detector === detector && each.experiment === experiment);

/** Of one file, conditions without a value included; none where it cannot be read. */
export function measurementsOf(study: AuditedStudy, platform: string, file: string): readonly Measurement[] {
  const content = machineOf(study, platform)?.platform.files.find((each) => each.file === file)?.content;
  return content === undefined || "problem" in content ? [] : content.measurements;
}

/** `undefined` where the file, the condition or every value of it is missing. */
export const findSample = (study: AuditedStudy, { platform, file, condition, column }: SampleName): Measurement | undefined =>
  measurementsOf(study, platform, file).find(
    (each) => each.condition === condition && each.metric === column && each.values.length > 0,
  );

/** @throws RangeError for what is not there: name it among the claim's needs, or use {@link findSample} */
export function sample(study: AuditedStudy, name: SampleName): Measurement {
  const found = findSample(study, name);
  if (found === undefined) throw new RangeError(`not among the claim's needs: ${Object.values(name).join(", ")}`);
  return found;
}

/** Why a claim cannot be tested, a line each; none when all is there. */
export function missingData(study: AuditedStudy, needs: readonly DataNeed[]): string[] {
  const lines = needs.flatMap(({ platforms, file, conditions, columns }) =>
    platforms.flatMap((platform) => {
      const machine = machineOf(study, platform);
      if (machine === undefined) {
        const reason = study.unread.find((each) => each.platform === platform)?.reason;
        return [reason ?? `${platform}: not among the study's platforms`];
      }
      const content = machine.platform.files.find((each) => each.file === file)?.content;
      if (content === undefined || "problem" in content) return [content?.problem ?? `${platform}: no ${file}`];
      return conditions.flatMap((condition) =>
        columns
          .filter((column) => findSample(study, { platform, file, condition, column }) === undefined)
          .map((column) => `${platform}/${file}: no value of ${column} for ${condition}`),
      );
    }),
  );
  return [...new Set(lines)];
}
