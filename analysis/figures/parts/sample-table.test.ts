/** The interval that `analyze` prints is the one that a figure shows. */
import { describe, expect, test } from "vitest";
import { interval } from "../../samples/numbers.ts";
import { platformSubject } from "../../subjects/platform-subject.ts";
import type { Subject } from "../../subjects/subject.ts";
import { levelOf } from "../../summaries/described.ts";
import { summarise } from "../../summaries/summarise.ts";
import { drawn } from "../../testing/drawn.ts";
import { normalDraws } from "../../testing/normal-draws.ts";
import { manifest, scaled, session, startupRow, WHOLE_START_MS } from "../../testing/rows.ts";
import { platformOf } from "../../testing/subjects.ts";
import { warmStartLatency } from "../dots/warm-start-latency.ts";
import { startTimeline } from "../starts/start-timeline.ts";

/** Ten starts a session, each as far from the one before as `persistence` lets it be. */
function starts(levels: readonly number[], persistence: number): Subject {
  const draw = normalDraws(5);
  let drift = 0;
  const rows = levels.flatMap((level, index) =>
    Array.from({ length: 50 / levels.length }, (_, block) => {
      drift = persistence * drift + 0.02 * draw();
      return startupRow({
        ...{ trial: (50 * index) / levels.length + block + 1, session: index + 1, block: block + 1 },
        offsets_ms: scaled(WHOLE_START_MS, level * (1 + drift)),
      });
    }),
  );
  const sessions = levels.map((_, index) => session({ session: index + 1 }));
  return platformSubject(platformOf(rows, { label: "here", manifest: manifest({ label: "here", sessions }) }));
}

describe.each([
  ["of the sessions' medians", "sessions", starts([1, 1.05, 0.97, 1.02, 0.96], 0), /^of the sessions' medians, t on logarithms/],
  ["of trials that depend on each other", "dependent trials", starts([1], 0.8), /^by the effective number of trials/],
  ["of independent trials", "trials", starts([1], 0), /^order statistics/],
] as const)("an interval %s", (_, of, subject, made) => {
  const [condition] = summarise(subject).conditions;
  const printed = levelOf(condition?.metrics.total_ms as NonNullable<typeof condition>["metrics"][string]);

  test("is what the summary has", () => expect(printed).toMatchObject({ of, ends: expect.any(Array) }));

  test("stands in the figure's table, and the caption says how it was made", () => {
    const { tables, caption } = drawn(warmStartLatency, [subject]);
    const [table] = tables;
    const column = table?.columns.findIndex(({ title }) => title === "95 % CI") ?? -1;
    expect(table?.rows[0]?.[column]).toBe(interval(printed.ends));
    expect(/confidence interval \((.*)/.exec(caption.replaceAll("\u00a0", " "))?.[1]).toMatch(made);
  });

  test("stands in the heading of the waterfall", () => {
    const { pages } = drawn(startTimeline, [subject]);
    expect(JSON.stringify(pages)).toContain(`ms (${interval(printed.ends)})`);
  });
});
