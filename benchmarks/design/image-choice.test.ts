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
