import { expect, test } from "vitest";
import { KNOWN_ESCAPES } from "./known-escapes.ts";
import { compareVersions, isAffected, parseVersion, type Version } from "./version.ts";

const version = (text: string): Version => {
  const parsed = parseVersion(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
};

test.each([
  ["1.0.0-rc6", "1.0.0-rc95"],
  ["1.0-rc6", "1.0.0-rc7"],
  ["1.0.0-rc95", "1.0.0"],
  ["1.4.0-rc.2", "v1.4.0-rc.3"],
  ["1.4.0-rc.3", "1.4.0"],
  ["1.9.0", "1.10.0"],
  ["20.10.24+dfsg1", "23.0.0"],
  ["6.18.9-arch1-1", "6.18.22"],
])("%s is older than %s", (a, b) => {
  expect(compareVersions(version(a), version(b))).toBeLessThan(0);
  expect(compareVersions(version(b), version(a))).toBeGreaterThan(0);
  expect(compareVersions(version(a), version(a))).toBe(0);
});

test.each(["<unknown>", "", "n/a", "dev"])("%j is no version", (text) => expect(parseVersion(text)).toBeUndefined());

test.each(["1.1.5+ds1", "5.10.0-28-amd64", "1.6.20~ds1", "4.18.0-553.el8.x86_64"])("%s is packaged", (text) =>
  expect(version(text).isPackaged).toBe(true),
);
test.each(["1.1.5", "1.0.0-rc95", "v2.2.1"])("%s is not", (text) => expect(version(text).isPackaged).toBe(false));

const affectedBy = (id: string, text: string): boolean => {
  const known = KNOWN_ESCAPES.find(({ ids }) => ids.includes(id));
  if (known === undefined) throw new Error(id);
  return isAffected(version(text), known.since === undefined ? undefined : version(known.since), known.fixed.map(version));
};

test.each([
  ["CVE-2019-5736", ["1.0.0-rc6", "0.1.1"], ["1.0.0-rc7", "1.0.0", "1.1.0"]],
  ["CVE-2024-21626", ["1.0.0-rc93", "1.0.3", "1.1.11"], ["1.0.0-rc92", "1.1.12", "1.2.0"]],
  ["CVE-2025-52881", ["1.1.15", "1.2.7", "1.3.2", "1.4.0-rc.2"], ["1.2.8", "1.2.9", "1.3.3", "1.4.0-rc.3", "1.4.0", "1.5.0"]],
  ["CVE-2020-15257", ["1.2.13", "1.3.8", "1.4.2"], ["1.3.9", "1.4.3", "1.6.20", "2.0.0"]],
  ["CVE-2024-41110", ["20.10.27", "23.0.14", "26.0.2", "26.1.4", "27.0.3", "27.1.0"], ["23.0.15", "25.0.6", "27.1.1", "28.0.0"]],
  ["CVE-2022-0185", ["5.1", "5.4.172", "5.14.9", "5.16.1"], ["4.19.300", "5.4.173", "5.15.16", "5.17", "6.1.1"]],
  ["CVE-2022-0847", ["5.8", "5.10.101", "5.16.10"], ["5.4.100", "5.10.102", "5.17.0"]],
  ["CVE-2026-31431", ["4.14.1", "5.4.300", "6.12.84", "6.18.21", "6.17.5"], ["4.9.337", "6.12.85", "6.18.44", "7.0.0", "7.1.2"]],
])("%s is of %j, and not of %j", (id, affected, free) => {
  expect(affected.filter((text) => !affectedBy(id, text))).toEqual([]);
  expect(free.filter((text) => affectedBy(id, text))).toEqual([]);
});

test("every entry of the list can be read, and has a source", () => {
  for (const { ids, since, fixed, source } of KNOWN_ESCAPES) {
    for (const id of ids) expect(id).toMatch(/^CVE-20\d\d-\d{4,6}$/);
    for (const text of [...fixed, ...(since === undefined ? [] : [since])])
      expect(parseVersion(text)?.isPackaged, text).toBe(false);
    expect(new URL(source).protocol).toBe("https:");
  }
});
