import { describe, expect, it } from "vitest";
import { MisuseError } from "../../research/misuse.ts";
import { parseImageOrLocal, parseImages } from "./image-choice.ts";

describe("parseImages", () => {
  it("takes our three, the paper's three, one of ours, the user's own, and a list of them", () => {
    expect(parseImages("local").map(({ name }) => name)).toEqual(["small", "medium", "large"]);
    expect(parseImages("paper").map(({ name }) => name)).toEqual(["alpine", "nginx", "python_3.11-slim"]);
    expect(parseImages("small,web=registry.example:5000/web:1.2@sha256:ab")).toEqual([
      { kind: "local", name: "small" },
      { kind: "own", name: "web", reference: "registry.example:5000/web:1.2@sha256:ab" },
    ]);
  });

  it.each([
    "alpine",
    "f304b74f1259",
    "sha256:f304b74f1259",
    "docker.io/tierbench/small:1",
    "localhost:5000/team/small:v1",
    "[::1]:5000/img",
    "[fd00::7]/team/img:V1@sha256:ab",
    "Registry.Example:5000/img:Latest",
    "a__b/c-d--e.f",
  ])("a single image: takes %j as it is", (reference) => {
    expect(parseImageOrLocal(reference)).toEqual({ kind: "own", name: "image", reference });
  });

  it.each([
    ["Alpine", "did you mean alpine?"],
    ["Library/Alpine:3.20", "did you mean library/alpine:3.20?"],
    ["Alpine:Latest", "did you mean alpine:Latest?"],
  ])("a single image: %s has a hint", (text, hint) => {
    expect(() => parseImageOrLocal(text)).toThrow(hint);
  });

  it.each(["alpine:", "alpine@", ":1", "a//b", "a/../b", "[::1:5000/img", "-x", "a b"])(
    "a single image: refuses %j, which the engine would not understand",
    (text) => {
      expect(() => parseImageOrLocal(text)).toThrow(/is no image reference/);
    },
  );

  it.each(["", "http://foo/bar", "small x", "../x"])("a single image: refuses %j as misuse", (text) => {
    expect(() => parseImageOrLocal(text)).toThrow(MisuseError);
  });

  it.each([
    "",
    "alpine",
    "=x",
    "a=",
    "../x=y",
    "a b=c",
    "small,small",
    "local,small",
    "x=1,,y=2",
    "a=http://foo/bar",
    "a=../../x",
    "a=x y",
    "a=b?c",
  ])("refuses %j as misuse", (text) => {
    expect(() => parseImages(text)).toThrow(MisuseError);
  });
});
