import { describe, expect, test } from "vitest";
import { brokenSeals, type FoundTable, sealedLengths, sealSessions, sumUp } from "./seal.ts";

const HEADER = "trial,session,block\n";
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const TABLE = `${HEADER}1,1,1\n2,1,1\n3,2,1\n`;

const seals = sealSessions(new Map([["write", bytes(TABLE)]]), [1, 2], "session-end");
const sessions = [1, 2].map((session) => ({ session, seal: seals.get(session) as NonNullable<ReturnType<typeof seals.get>> }));

function found(text: string, of = sessions): ReadonlyMap<string, FoundTable> {
  const whole = bytes(text);
  return new Map([["write", sumUp([whole.subarray(0, 25), whole.subarray(25)], sealedLengths(of, "write"))]]);
}

test("a session's seal has its rows, and the bytes of all rows up to its end", () => {
  expect(seals.get(1)?.tables.write).toMatchObject({ rows: 2, bytes: HEADER.length + 12 });
  expect(seals.get(2)?.tables.write).toMatchObject({ rows: 1, bytes: TABLE.length });
  // printf 'trial,session,block\\n1,1,1\\n2,1,1\\n3,2,1\\n' | sha256sum
  expect(seals.get(2)?.tables.write?.sha256).toBe("839d345967f6e49eb0a6163a31e9c9f0547852af7caab3df268834cfce59e7f9");
});

describe("a table", () => {
  test("as it was sealed breaks no seal", () => {
    expect(brokenSeals(sessions, found(TABLE))).toEqual([]);
  });

  test.each([
    ["edited", TABLE.replace("2,1,1", "2,1,7"), "it was edited: its first 32 bytes are not those that session 1 sealed"],
    ["edited behind the first session", TABLE.replace("3,2,1", "3,2,7"), "are not those that session 2 sealed"],
    ["cut", TABLE.slice(0, -6), "it was cut: session 2 sealed 38 bytes, and 32 are left"],
    ["longer", `${TABLE}4,2,2\n`, "6 bytes were added after session 2 sealed it"],
  ])("that was %s says which session it no longer agrees with", (_, text, what) => {
    expect(brokenSeals(sessions, found(text))).toEqual([{ table: "write", what: expect.stringContaining(what) }]);
  });

  test("that is gone, or that nobody sealed, is said", () => {
    expect(brokenSeals(sessions, new Map())[0]?.what).toContain("it is gone; session 2 sealed 38 bytes of it");
    const other = new Map([["pull", sumUp([bytes(TABLE)], [])]]);
    expect(brokenSeals(sessions, new Map([...found(TABLE), ...other]))).toEqual([
      { table: "pull", what: "no session has sealed it" },
    ]);
  });

  test("may grow while a session is not sealed yet, and is not looked at where none is", () => {
    const running = [...sessions, { session: 3 }];
    expect(brokenSeals(running, found(`${TABLE}4,3,1\n`))).toEqual([]);
    expect(brokenSeals([{ session: 1 }], found(TABLE))).toEqual([]);
  });
});
