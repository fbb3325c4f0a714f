import { describe, expect, test } from "vitest";
import type { Manifest, Session } from "../../research/manifest.ts";
import { manifest, session } from "../testing/rows.ts";
import { checkManifest } from "./check-manifest.ts";

const said = (sessions: readonly Partial<Session>[], runs?: Manifest["runs"]) =>
  checkManifest(manifest({ sessions: sessions.map((fields) => session(fields)), ...(runs && { runs }) }), "here").map(
    ({ column, what }) => [column, what],
  );
const goneOnWith = (...times: string[]): Pick<Session, "continued"> => ({
  continued: times.map((at) => ({ at, tool: { version: "0.1.0", commit: null }, engine_restarted: false, load_before: null })),
});

describe("times", () => {
  test("of a session that was gone on with are in order, and within it", () => {
    expect(said([goneOnWith("2026-01-02T03:05:00.000Z", "2026-01-02T03:06:00.000Z")])).toEqual([]);
    expect(said([goneOnWith("2026-01-02T03:07:00.000Z", "2026-01-02T03:05:00.000Z")])).toEqual([
      ["sessions.0.continued.1.at", "the session was gone on with before it began"],
    ]);
    expect(said([goneOnWith("2026-01-02T03:03:04.000Z")])[0]?.[0]).toBe("sessions.0.continued.0.at");
    expect(said([goneOnWith("2026-01-02T04:00:00.000Z")])).toEqual([["sessions.0.ended", "the session ended before it began"]]);
    expect(said([goneOnWith("2012-01-01T00:00:00.000Z")]).map(([, what]) => what)).toContain("Docker did not exist then");
  });

  test("of a session of seconds, in which the clock was set back", () => {
    const of = (ended: string) => said([{ started: "2026-01-02T03:04:05.000Z", ended }]);
    expect(of("2026-01-02T03:03:35.000Z")).toEqual([]);
    expect(of("2026-01-02T03:03:00.000Z")).toEqual([["sessions.0.ended", "the session ended before it began"]]);
  });

  test("of sessions follow each other, but for what a clock may be set by", () => {
    const second = (started: string) => ({ session: 2, started, ended: "2026-01-02T05:00:00.000Z" });
    expect(said([{}, second("2026-01-02T03:33:30.000Z")])).toEqual([]);
    expect(said([{}, second("2026-01-02T03:30:00.000Z")])).toEqual([
      ["sessions.1.started", "the session began before the one that precedes it had ended; was the clock set back between them?"],
    ]);
  });
});

describe("what was left of a session", () => {
  const times = (hour: number) => ({ started: `2026-01-02T0${hour}:00:00.000Z`, ended: `2026-01-02T0${hour}:30:00.000Z` });
  const sessions = [1, 3, 2].map((number, place) => ({ session: number, ...times(place + 1) }));

  test("follows it, under a number behind those that were planned", () => {
    const planned = [1, 2].map((number) => ({ session: number, seed: 1 }));
    const run = { seed: 1, iterations: 10, sessions: [...planned, { session: 3, seed: 1, rest_of: 1 }] };
    expect(said(sessions, [run])).toEqual([]);
    expect(said([...sessions, { session: 3, ...times(5) }], [run])).toEqual([
      ["sessions.3.session", "sessions are numbered upwards, each once"],
    ]);
  });

  test("is no excuse for others", () => {
    expect(said(sessions)).toEqual([["sessions.2.session", "sessions are numbered upwards, each once"]]);
  });
});
