/** One session a side says nothing of how sessions differ; other platforms of the host may. */
import { expect, test } from "vitest";
import { renderComparison } from "../format/comparison/comparison-report.ts";
import { platformSubject } from "../subjects/platform-subject.ts";
import { normalDraws } from "../testing/normal-draws.ts";
import { manifest, scaled, session, startupRow, WHOLE_START_MS } from "../testing/rows.ts";
import { platformOf } from "../testing/subjects.ts";
import { compare } from "./compare.ts";

function platform(label: string, levels: readonly number[], cpu = "a processor") {
  const draw = normalDraws(label.length);
  const host = { ...session().host, cpu };
  const sessions = levels.map((_, index) => session({ session: index + 1, host }));
  const rows = levels.flatMap((level, index) =>
    Array.from({ length: 8 }, (_, block) =>
      startupRow({
        ...{ trial: 8 * index + block + 1, session: index + 1, block: block + 1 },
        offsets_ms: scaled(WHOLE_START_MS, level * (1 + 0.01 * draw())),
      }),
    ),
  );
  return platformSubject(platformOf(rows, { label, manifest: manifest({ label, sessions }) }));
}
const [a, b] = [platform("a", [1.06]), platform("bb", [1])];
const LEVELS = [1, 1.1, 0.9, 1.05, 0.95];
const totalOf = (...others: ReturnType<typeof platform>[]) => {
  const report = compare([a, b], { reference: null, others });
  return { total: report.comparisons.find(({ metric }) => metric === "total_ms"), text: renderComparison(report, "text") };
};

test("another platform of the host sets how much its sessions differ beside the ratio, and gives no verdict", () => {
  const { total, text } = totalOf(platform("known", LEVELS));
  expect(total).toMatchObject({ verdict: "none", host_spreads: [{ platform: "known", sessions: 5 }] });
  expect(total?.host_spreads[0]?.sd_factor).toBeCloseTo(1.08, 1);
  expect(text).toMatch(
    /in this one session a's median was 1\.0\d× bb's; .* Sessions differ among themselves, those of known on the same host by a factor of 1\.\d+ \(SD of 5\); one session a side cannot say which is faster\./,
  );
});

test("of several platforms it says how far they reach, on one line", () => {
  const { text } = totalOf(platform("known", LEVELS), platform("steady", [1, 1.01, 0.99]), platform("wild", [1, 2, 0.5]));
  expect(text).toMatch(
    /Sessions differ among themselves, those of 3 other platforms of the host by factors of 1\.0\d to 2\.\d+ \(SDs\); one session/,
  );
});

test.each([
  ["another host", platform("elsewhere", LEVELS, "another processor")],
  ["too few sessions", platform("short", LEVELS.slice(0, 2))],
])("%s tells nothing", (_, other) => {
  const { total, text } = totalOf(other);
  expect(total?.host_spreads).toEqual([]);
  expect(text).toContain("How much sessions differ is unknown");
});

test("where both have enough of their own nothing is asked of others", () => {
  const [x, y, z] = [platform("x", LEVELS), platform("yy", LEVELS), platform("zzz", LEVELS)];
  for (const { host_spreads } of compare([x, y], { reference: null, others: [z] }).comparisons) expect(host_spreads).toEqual([]);
});
