/** What a figure of samples shows, as its title: computed from what is drawn, and no more than the comparison allows. */
import { compareWherePossible } from "../../comparisons/compare.ts";
import { doubtsOf } from "../../detectors/findings-of.ts";
import { grouped } from "../../samples/grouped.ts";
import { factor, factorInterval } from "../../samples/numbers.ts";
import { FEWEST_SESSIONS } from "../../samples/sessions.ts";
import { sessionOf } from "../../subjects/measurement.ts";
import type { Subject } from "../../subjects/subject.ts";
import { nameBefore } from "../parts/fit-text.ts";
import { conditionName, type Measured } from "../parts/measured.ts";
import { numberOf } from "../parts/numbers.ts";
import { shortNames } from "../parts/short-names.ts";

const NAME_PX = 110;

/** Of the first metric: medians from the least to the greatest, by condition of one platform, by platform of several. */
export function medianFinding(
  what: string,
  subjects: readonly Subject[],
  measured: readonly Measured[],
  unnamed: readonly string[] = [],
): string {
  const [first] = measured;
  if (first === undefined) return what;
  const { metric, unit } = first.measurement;
  const ofMetric = measured.filter(({ measurement }) => measurement.metric === metric && measurement.unit === unit);
  const sound = ofMetric.filter((each) => !isDefective(subjects, each));
  if (sound.length === 0) return `${what}: no finding, the numbers have a defect`;
  const condition = ({ measurement }: Measured): string => conditionName(measurement, unnamed);
  const label = shortNames(
    ofMetric.map(({ platform }) => platform),
    NAME_PX,
  );
  if (new Set(ofMetric.map(({ platform }) => platform)).size === 1)
    return `${what}: ${range(sound, condition, "conditions", ofMetric.length === 1)}`;
  const platform = (each: Measured): string => nameBefore(label(each.platform));
  const [name, members] = [...grouped(sound, condition)].toSorted(([, a], [, b]) => b.length - a.length)[0] as [
    string,
    Measured[],
  ];
  const about = name === "" ? what : `${what}, ${name}`;
  const verdict = members.length === 2 ? verdictOn(subjects, members, platform) : null;
  return `${about}: ${verdict ?? range(members, platform, "platforms")}`;
}

const isDefective = (subjects: readonly Subject[], { platform, measurement }: Measured): boolean => {
  const subject = subjects.find(({ label }) => label === platform);
  return subject !== undefined && doubtsOf(subject, measurement).defects.length > 0;
};

const medianOf = ({ described }: Measured): number => described.level.value;

/** @param alone whether one value needs no name */
function range(
  measured: readonly Measured[],
  nameOf: (each: Measured) => string,
  kind: "conditions" | "platforms",
  alone: boolean = false,
): string {
  const ordered = measured.toSorted((a, b) => medianOf(a) - medianOf(b));
  const [least, most] = [ordered[0], ordered.at(-1)] as [Measured, Measured];
  const { unit } = least.measurement;
  const [from, to] = [least, most].map((each) => numberOf(each.measurement.values)(medianOf(each)));
  if (ordered.length === 1) return `median ${to} ${unit}${alone ? "" : ` (${nameOf(most)})`}`;
  if (from === to)
    return `median ${to} ${unit} ${kind === "platforms" ? "on" : "in"} ${ordered.length === 2 ? "both" : `all ${ordered.length}`} ${kind}`;
  return `medians ${from} (${nameOf(least)}) to ${to} ${unit} (${nameOf(most)})`;
}

/** As `compare` judges it, within the whole family; `null` where too few sessions leave no verdict. */
function verdictOn(
  subjects: readonly Subject[],
  members: readonly Measured[],
  nameOf: (each: Measured) => string,
): string | null {
  const [one, other] = members as [Measured, Measured];
  const { experiment, condition, metric } = one.measurement;
  const few = members.some(({ measurement }) => new Set(measurement.blocks.map(sessionOf)).size < FEWEST_SESSIONS);
  if (few) return null;
  const pair = members.flatMap(({ platform }) => subjects.find(({ label }) => label === platform) ?? []);
  const family = pair.map((subject) => ({
    ...subject,
    measurements: subject.measurements.filter((each) => each.experiment === experiment && each.metric === metric),
  }));
  const { comparisons } = compareWherePossible(family, { reference: null, explain: false });
  const found = comparisons.find((each) => each.condition === condition);
  const { ratio, ratio_ci_simultaneous: ends } = found?.sessions ?? { ratio: null, ratio_ci_simultaneous: null };
  if (found === undefined || found.verdict === "none" || ratio === null) return null;
  const names = `${nameOf(one)} and ${nameOf(other)}`;
  if (found.verdict === "not certain") return `${names}: not certain that they differ`;
  if (found.verdict === "same within 5 %") return `${names} are the same within 5 %`;
  return `${nameOf(one)} is ${found.verdict} than ${nameOf(other)}: ${factor(ratio)}×${ends === null ? "" : ` (${factorInterval(ends)})`}`;
}
