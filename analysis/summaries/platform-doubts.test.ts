import { expect, test } from "vitest";
import type { StartupRow } from "../../research/tables/startup.ts";
import type { Platform } from "../subjects/platform.ts";
import { platformSubject } from "../subjects/platform-subject.ts";
import { EVENTS_START_MS, manifest, session, startupRow, WHOLE_START_MS } from "../testing/rows.ts";
import { platformOf } from "../testing/subjects.ts";
import { summarise } from "./summarise.ts";

const TWO = [startupRow(), startupRow({ trial: 2, warmup: true })];
const summary = (startup: readonly StartupRow[] = TWO, fields: Partial<Platform> = {}) =>
  summarise(platformSubject(platformOf(startup, fields)));

test("rows and warm-ups are counted, sessions are named with what tells them apart", () => {
  const { label, sessions, warnings, findings, tables, conditions } = summary();
  expect(label).toBe("here");
  expect(sessions).toEqual([
    expect.objectContaining({ session: 1, seed: 1, engine: "20.10.24", runtime: "runc", probe: "tracefs", ending: "complete" }),
  ]);
  expect([warnings, findings]).toEqual([[], []]);
  expect(tables).toEqual({ startup: { rows: 2, warmups: 1 } });
  expect(conditions).toMatchObject([{ experiment: "startup", condition: "small warm", metrics: { total_ms: { n: 1 } } }]);
});

test("the warnings of every session are handed on", () => {
  const loud = { summary: "load was high", evidence: "load 3.1", remedy: "wait" };
  const { warnings } = summary(TWO, {
    manifest: manifest({ sessions: [session(), session({ session: 2, warnings: [loud] })] }),
  });
  expect(warnings).toEqual([loud]);
});

test.each(["interrupted", "failed", null] as const)("a session that ended as %s is a reason to doubt", (ending) => {
  const { warnings } = summary(TWO, { manifest: manifest({ sessions: [session({ ending })] }) });
  expect(warnings[0]?.summary).toContain("session 1 ended early");
});

test("a session of a machine with more CPUs is a reason to doubt", () => {
  const more = session({ session: 2, host: { ...session().host, cpu_count: 4 } });
  expect(summary(TWO, { manifest: manifest({ sessions: [session(), more] }) }).warnings).toMatchObject([
    {
      summary: "the number of CPUs of session 2 is another than that of session 1",
      evidence: expect.stringMatching(/^2 then, 4/),
    },
  ]);
});

test("starts whose first byte the client read long after the act are doubted, whatever rule they were read by", () => {
  const late = { ...WHOLE_START_MS, entry_acts: 96, first_byte: 598 };
  const startup = [startupRow({ act_rule: null }), startupRow({ trial: 2, act_rule: null, offsets_ms: late })];
  const { warnings } = summary(startup);
  expect(warnings).toEqual([
    {
      summary: "startup: 1 start probably acted later than the rows say, so that total and process are too short",
      evidence: expect.stringContaining("row 2 of startup.csv: the client read the first byte 502.0 ms after"),
      remedy: expect.stringContaining("tierbench trace"),
    },
  ]);
  const failed = startupRow({ outcome: "failed", offsets_ms: late });
  expect(summary([failed]).warnings).toEqual([]);
});

test("starts that end with an upper bound are reported, except with a probe that gives no others", () => {
  const startup = [
    startupRow({ act_rule: "client-bound" }),
    startupRow({ trial: 2, act_rule: "client-bound", probe: "events", offsets_ms: EVENTS_START_MS }),
  ];
  expect(summary(startup).warnings.map(({ summary }) => summary)).toEqual([
    expect.stringContaining("startup: 1 start ended with an upper bound"),
  ]);
});
