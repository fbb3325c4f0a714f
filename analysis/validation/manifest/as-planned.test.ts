import { describe, expect, test } from "vitest";
import type { PlannedRun, Session } from "../../../research/manifest.ts";
import { manifest, session } from "../../testing/rows.ts";
import { asPlanned } from "./as-planned.ts";

const [FIRST, SECOND] = [session({ seed: 7 }), session({ session: 2, seed: 9 })];
const IDENTITY: PlannedRun["identity"] = {
  ...{ engine_id: null, server: "20.10.24", runtime: "runc", storage_driver: "overlay2", kernel: "6.18.0", cpu: "a processor" },
  images: FIRST.images.map(({ name, digest }) => ({ name, digest })),
};
const RUN: PlannedRun = {
  ...{ seed: 7, iterations: 10, identity: IDENTITY },
  sessions: [
    { session: 1, seed: 7 },
    { session: 2, seed: 9 },
  ],
  asked: { experiments: ["startup"], options: { seed: "7", iterations: "10" } },
};

function said(run: Partial<PlannedRun>, sessions: readonly Session[] = [FIRST, SECOND]): string[] {
  const problems: string[] = [];
  asPlanned(manifest({ runs: [{ ...RUN, ...run }], sessions: [...sessions] }), (field, value, _what, expected) =>
    problems.push(`${field} ${value}, ${expected}`),
  );
  return problems;
}

describe("seeds", () => {
  test("are those that were planned", () => {
    expect(said({})).toEqual([]);
    expect(said({}, [FIRST, { ...SECOND, seed: 8 }])).toEqual(["sessions.1.seed 8, 9"]);
    expect(said({ seed: 8 })).toEqual(["runs.0.seed 8, 7", "runs.0.asked.options.seed 7, 8"]);
  });

  test("are known of no session that was not measured, and of older files' runs", () => {
    expect(said({}, [FIRST])).toEqual([]);
    expect(said({ asked: undefined, identity: undefined })).toEqual([]);
  });

  test("of what was left of a session are that session's", () => {
    const rest = { session: 3, seed: 7, rest_of: 1 };
    expect(said({ sessions: [...RUN.sessions, rest] }, [FIRST, session({ session: 3, seed: 7 }), SECOND])).toEqual([]);
  });
});

test("iterations are those that were asked for", () => {
  expect(said({ iterations: 7 })).toEqual(["runs.0.asked.options.iterations 10, 7"]);
});

describe("what a run was begun with", () => {
  test("is what its first session has", () => {
    const other = { ...FIRST, host: { ...FIRST.host, kernel: "5.10.0" } };
    expect(said({}, [other, SECOND])).toEqual(["sessions.0.host.kernel 5.10.0, 6.18.0"]);
    const image = { ...(FIRST.images[0] as Session["images"][number]), digest: "sha256:1" };
    expect(said({}, [{ ...FIRST, images: [image] }, SECOND])[0]).toContain("sessions.0.images.0.digest sha256:1");
  });

  test("may not be what others have: an engine is renewed meanwhile", () => {
    expect(said({}, [FIRST, { ...SECOND, engine: { ...SECOND.engine, server: "29.0.0" } }])).toEqual([]);
  });
});
