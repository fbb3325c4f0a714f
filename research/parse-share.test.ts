import { expect, it } from "vitest";
import { MisuseError } from "./misuse.ts";
import { parseShare } from "./parse-share.ts";

it("reads a share, and refuses anything else", () => {
  expect([parseShare("--x", "5%"), parseShare("--x", "0.05"), parseShare("--x", "2.5%")]).toEqual([0.05, 0.05, 0.025]);
  for (const text of ["", "5", "-5%", "abc", "0", "200%", "NaN", "1e-2"])
    expect(() => parseShare("--x", text)).toThrow(MisuseError);
});
