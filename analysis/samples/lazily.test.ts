import { expect, test } from "vitest";
import { lazily, onceFor } from "./lazily.ts";

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

test("for each object once, also where nothing comes of it", () => {
  const asked: object[] = [];
  const of = onceFor((key: { readonly empty: boolean }) => {
    asked.push(key);
    return key.empty ? null : {};
  });
  const [empty, other] = [{ empty: true }, { empty: false }];
  expect([of(empty), of(empty)]).toEqual([null, null]);
  expect(of(other)).toBe(of(other));
  expect(asked).toEqual([empty, other]);
});
