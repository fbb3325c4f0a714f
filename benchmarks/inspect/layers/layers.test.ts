import { describe, expect, test } from "vitest";
import { entryOfTar, type LayerEntry } from "./layer-entry.ts";
import { makersOf } from "./layer-makers.ts";
import { stackLayers } from "./layer-stack.ts";

const file = (path: string, bytes: number): LayerEntry => ({ path, kind: "file", bytes });
const folder = (path: string): LayerEntry => ({ path, kind: "folder", bytes: 0 });
const whiteout = (path: string): LayerEntry => ({ path, kind: "whiteout", bytes: 0 });
const opaque = (path: string): LayerEntry => ({ path, kind: "opaque", bytes: 0 });

describe("an entry of a layer's tar", () => {
  test.each([
    ["./etc/passwd", "file", 7, { path: "etc/passwd", kind: "file", bytes: 7 }],
    ["etc/", "directory", 0, { path: "etc", kind: "folder", bytes: 0 }],
    ["bin/sh", "link", 900, { path: "bin/sh", kind: "file", bytes: 0 }],
    ["bin/ash", "symlink", 0, { path: "bin/ash", kind: "other", bytes: 0 }],
    ["var/.wh.cache", "file", 0, { path: "var/cache", kind: "whiteout", bytes: 0 }],
    ["/var/lib/.wh..wh..opq", "file", 0, { path: "var/lib", kind: "opaque", bytes: 0 }],
    [".wh.x", "file", 0, { path: "x", kind: "whiteout", bytes: 0 }],
    ["./", "directory", 0, undefined],
  ])("%s (%s)", (name, type, size, entry) => expect(entryOfTar(name, type, size)).toEqual(entry));
});

describe("layers", () => {
  test("hide what they replace and remove, and each hidden file is wasted once", () => {
    const [base, second, third] = stackLayers([
      [folder("a"), file("a/1", 100), file("a/2", 20), file("b", 3)],
      [file("a/1", 150), whiteout("b")],
      [whiteout("a"), file("c", 1)],
    ]);
    expect(base).toEqual({ files: 3, bytes: 123, hides: [] });
    expect(second?.hides).toEqual([
      { path: "a/1", bytes: 100, layer: 0 },
      { path: "b", bytes: 3, layer: 0 },
    ]);
    expect(third).toEqual({
      ...{ files: 1, bytes: 1 },
      hides: [
        { path: "a/1", bytes: 150, layer: 1 },
        { path: "a/2", bytes: 20, layer: 0 },
      ],
    });
  });

  test("that empty a folder and fill it anew hide what was in it, whatever the order of their entries", () => {
    const above = [file("etc/new", 5), folder("etc"), opaque("etc")];
    const [, second] = stackLayers([[file("etc/old", 7), file("other", 1)], above]);
    expect(second).toEqual({ files: 1, bytes: 5, hides: [{ path: "etc/old", bytes: 7, layer: 0 }] });
  });

  test("that put a folder in the place of a file, or the other way round, hide it; a folder over a folder hides nothing", () => {
    const [, second] = stackLayers([
      [file("x", 7), folder("y"), file("y/1", 2), folder("z"), file("z/1", 9)],
      [folder("x"), file("x/1", 1), file("y", 4), folder("z"), file("z/2", 1)],
    ]);
    expect(second?.hides).toEqual([
      { path: "x", bytes: 7, layer: 0 },
      { path: "y/1", bytes: 2, layer: 0 },
    ]);
  });

  test("that remove what is not there, or what they have themselves, waste nothing", () => {
    expect(stackLayers([[whiteout("x")], [file("a", 1), file("a", 1)]]).flatMap(({ hides }) => hides)).toEqual([]);
  });
});

describe("what made a layer", () => {
  const step = (createdBy: string, bytes: number, isEmpty?: boolean) => ({ createdBy, bytes, isEmpty });

  test("is the step that is not empty, where that is said", () => {
    const steps = [
      step("ADD rootfs /", 0, false),
      step("/bin/sh -c #(nop)  CMD [sh]", 0, true),
      step("/bin/sh -c apk add x", 0, false),
    ];
    expect(makersOf(steps, 2)).toEqual(["ADD rootfs /", "apk add x"]);
  });

  test("is else the step with bytes, or each of as many steps as there are layers", () => {
    expect(makersOf([step("ADD x", 9), step("ENV A=1", 0), step("COPY y # buildkit", 1)], 2)).toEqual(["ADD x", "COPY y"]);
    expect(makersOf([step("ADD x", 9), step("RUN true", 0)], 2)).toEqual(["ADD x", "RUN true"]);
    expect(makersOf([step("ADD x", 9), step("RUN true", 0), step("", 0)], 2)).toEqual([null, null]);
  });

  test("tells names of arguments, and no secret", () => {
    const said = "RUN |2 A=1 NPM_TOKEN=hunter22 /bin/sh -c curl --password hunter22 https://me:hunter22@x/ TOKEN=hunter22";
    const [made] = makersOf([step(said, 9)], 1);
    expect(made).toBe("RUN /bin/sh -c curl --password *** https://me:***@x/ TOKEN=*** (arguments: A, NPM_TOKEN)");
  });
});
