import { expect, test } from "vitest";
import { lazily } from "./lazily.ts";

test("nothing is made before it is asked for, and nothing twice", () => {
  const made: string[] = [];
  const make = (name: string) => () => {
    made.push(name);
    return name;
  };
  const object = lazily<{ readonly first: number }, { readonly b: string; readonly a: string }>(
    { first: 1 },
    { b: make("b"), a: make("a") },
  );
  expect(Object.keys(object)).toEqual(["first", "b", "a"]);
  expect(made).toEqual([]);
  expect([object.a, object.a]).toEqual(["a", "a"]);
  expect(made).toEqual(["a"]);
  expect(JSON.stringify({ ...object })).toBe('{"first":1,"b":"b","a":"a"}');
  expect(JSON.stringify(object)).toBe('{"first":1,"b":"b","a":"a"}');
  expect(made).toEqual(["a", "b"]);
});
