import fc from "fast-check";
import { expect, test } from "vitest";
import { distinctLabels } from "./distinct-labels.ts";

const named = (...folders: readonly string[]) =>
  folders.map((folder) => ({ label: folder.slice(folder.lastIndexOf("/") + 1), folder }));

test("what is called differently keeps its name", () => {
  expect(distinctLabels(named("/x/linux", "/x/mac", "/y/007"))).toEqual(["linux", "mac", "007"]);
});

test.each([
  [
    ["/x/a/linux", "/x/b/linux"],
    ["a/linux", "b/linux"],
  ],
  [
    ["/x/a/linux", "/x/b/linux", "/x/mac"],
    ["a/linux", "b/linux", "mac"],
  ],
  [
    ["/p/a/r/linux", "/p/b/r/linux"],
    ["a/r/linux", "b/r/linux"],
  ],
  [
    ["/a/linux", "/x/a/linux"],
    ["/a/linux", "/x/a/linux"],
  ],
  [
    ["/p/a/linux", "/p/x/a/linux"],
    ["p/a/linux", "x/a/linux"],
  ],
])("%j", (folders, names) => {
  expect(distinctLabels(named(...folders))).toEqual(names.map((name) => name.replace(/^\//, "")));
});

test("a copy under another folder's name is called by its folder, as its platform.json has the first one's label", () => {
  const both = [
    { label: "linux", folder: "/r/linux" },
    { label: "linux", folder: "/r/linux-before" },
  ];
  expect(distinctLabels(both)).toEqual(["linux", "linux-before"]);
  const third = { label: "linux-before", folder: "/elsewhere/x" };
  expect(distinctLabels([...both, third])).toEqual(["r/linux", "r/linux-before", "linux-before"]);
});

test("labels that look the same are written out", () => {
  expect(distinctLabels(named("/x/caf\u00e9", "/x/cafe\u0301", "/x/tea"))).toEqual(["caf\\u{e9}", "cafe\\u{301}", "tea"]);
  expect(distinctLabels(named("/x/a b", "/x/a  b"))).toEqual(["a\\u{20}b", "a\\u{20}\\u{20}b"]);
  expect(distinctLabels(named("/x/a", "/x/a\u200b"))).toEqual(["a", "a\\u{200b}"]);
  expect(distinctLabels(named("/x/東京", "/x/東亰"))).toEqual(["東京", "東亰"]);
});

test("any folders get names that differ", () => {
  const part = fc.constantFrom("a", "b", "linux", "é", "e\u0301", " ");
  const folders = fc.uniqueArray(
    fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join("/")}`),
    {
      minLength: 2,
      maxLength: 5,
    },
  );
  fc.assert(
    fc.property(folders, (paths) => {
      expect(new Set(distinctLabels(named(...paths))).size).toBe(paths.length);
    }),
  );
});
