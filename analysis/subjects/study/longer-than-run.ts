/** Times that are longer together than the run in which they were measured one after the other: they are in another unit. */
import type { StudyFile } from "../platform.ts";

/**
 * @param run_seconds as the notes have it; `null` where they do not say
 * @returns the file that is to blame, and what for; `undefined` where none is
 */
export function longerThanRun(
  files: readonly StudyFile[],
  run_seconds: number | null,
): { readonly file: string; readonly what: string } | undefined {
  if (run_seconds === null) return undefined;
  const seconds = files.map(({ content }) => ("problem" in content ? 0 : secondsIn(content.measurements)));
  if (seconds.reduce((sum, each) => sum + each, 0) <= run_seconds) return undefined;
  const most = Math.max(...seconds);
  const what = `its times add up to ${Math.round(most)} s, and the whole run took ${run_seconds} s, as its notes say; are they in another unit?`;
  return { file: files[seconds.indexOf(most)]?.file ?? "", what };
}

type Measurements = Extract<StudyFile["content"], { readonly measurements: unknown }>["measurements"];

const secondsIn = (measurements: Measurements): number =>
  measurements
    .filter(({ unit }) => unit === "ms")
    .reduce((sum, { values }) => sum + values.reduce((ofOne, value) => ofOne + value, 0) / 1e3, 0);
