/** platform.json by itself, beyond the form of its fields. */
import type { Manifest, Session } from "../../research/manifest.ts";
import { familiesOf } from "./families.ts";
import { asPlanned } from "./manifest/as-planned.ts";
import { otherMachines } from "./manifest/same-machine.ts";
import { sessionFacts } from "./manifest/session-facts.ts";
import { sharedDigests } from "./manifest/shared-digests.ts";
import { caution, defect, type Problem, type Say } from "./problem.ts";
import { CLOCK_STEP_NS } from "./session-check.ts";

const MANIFEST = "platform.json";

/** Docker was first released in March of that year. */
const EARLIEST_MS = Date.UTC(2013);
/** The clocks of two machines differ by as much in odd cases. */
const AHEAD_MS = 24 * 3_600_000;
const CLOCK_STEP_MS = Number(CLOCK_STEP_NS / 1_000_000n);

export function checkManifest(manifest: Manifest, folderName: string, now = Date.now()): Problem[] {
  const { label, sessions } = manifest;
  const problems: Problem[] = [];
  const say: Say = (column, value, what, expected) => {
    problems.push(defect("manifest", { file: MANIFEST, column, value, what, expected }));
  };
  checkNumbers(manifest, say);
  asPlanned(manifest, say);
  for (const [index, session] of sessions.entries()) {
    const at = `sessions.${index}`;
    checkTimes(session, (field, ...said) => say(`${at}.${field}`, ...said), now);
    problems.push(...beganEarlier(session, sessions[index - 1], `${at}.started`));
    sessionFacts(session, (field, ...said) => say(`${at}.${field}`, ...said));
    const { ended, ending, experiments = [], images } = session;
    if ((ended === null) !== (ending === null))
      say(
        `${at}.ending`,
        `${ending}`,
        "a session has both, ended and ending, or neither",
        ended === null ? "null" : "how it ended",
      );
    for (const [kind, names] of [
      ["experiments", experiments.map(({ name }): string => name)],
      ["images", images.map(({ name }) => name)],
    ] as const) {
      const twice = names.find((name, place) => names.indexOf(name) < place);
      if (twice !== undefined) say(`${at}.${kind}`, twice, "it is there twice", "each once");
    }
  }
  for (const { field, is, was, what } of otherMachines(sessions))
    problems.push(caution("manifest", { file: MANIFEST, column: field, value: is, what, expected: was }));
  for (const { field, digest, what } of sharedDigests(sessions)) {
    const expected = "one digest for each image";
    problems.push(caution("manifest", { file: MANIFEST, column: field, value: digest, what, expected }));
  }
  if (label !== folderName) {
    const what = `the folder has another name than the platform: ${folderName}`;
    problems.push(caution("manifest", { file: MANIFEST, column: "label", value: label, what, expected: folderName }));
  }
  return problems;
}

/** What is left of a session follows it, and has a number behind all that were planned. */
function checkNumbers(manifest: Manifest, say: Say): void {
  const rests = familiesOf(manifest);
  const seen = new Set<number>();
  let last = 0;
  for (const [index, { session }] of manifest.sessions.entries()) {
    const least = rests.has(session) ? 1 : last + 1;
    if (seen.has(session) || session < least)
      say(`sessions.${index}.session`, `${session}`, "sessions are numbered upwards, each once", `${last + 1} or more`);
    seen.add(session);
    if (!rests.has(session)) last = session;
  }
}

/** A session began, was perhaps gone on with, and ended: by a clock that may be set in between. */
function checkTimes({ started, continued = [], ended }: Session, say: Say, now: number): void {
  const times = [
    ["started", started] as const,
    ...continued.map(({ at }, index) => [`continued.${index}.at`, at] as const),
    ...(ended === null ? [] : [["ended", ended] as const]),
  ];
  for (const [index, [field, time]] of times.entries()) {
    const at = Date.parse(time);
    if (at < EARLIEST_MS) say(field, time, "Docker did not exist then", "2013 or later");
    if (at > now + AHEAD_MS) say(field, time, "it is in the future", `${new Date(now + AHEAD_MS).toISOString()} or before`);
    const earlier = times[index - 1]?.[1];
    if (earlier !== undefined && at < Date.parse(earlier) - CLOCK_STEP_MS) {
      const what = field === "ended" ? "the session ended before it began" : "the session was gone on with before it began";
      say(field, time, what, `${earlier} or later`);
    }
  }
}

/** A machine may be started with a clock that is wrong by hours, such as one of local time, and measure before it is set. */
function beganEarlier({ started }: Session, before: Session | undefined, column: string): Problem[] {
  if (!before?.ended || Date.parse(started) >= Date.parse(before.ended) - CLOCK_STEP_MS) return [];
  const what = "the session began before the one that precedes it had ended; was the clock set back between them?";
  return [caution("manifest", { file: MANIFEST, column, value: started, what, expected: `${before.ended} or later` })];
}
