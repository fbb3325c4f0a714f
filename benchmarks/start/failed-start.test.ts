import { describe, expect, it } from "vitest";
import { exitProblem, isForAnotherProcessor } from "./failed-start.ts";

describe("a container that failed", () => {
  it("is told by its code and its last line of standard error", () => {
    expect(exitProblem(78, "starting\nconfig.yml: no such file\n")).toBe(
      "the container exited with code 78: config.yml: no such file",
    );
    expect(exitProblem(1, "")).toBe("the container exited with code 1");
    expect(exitProblem(1, "\n \r\n")).toBe("the container exited with code 1");
  });

  it("cannot move the cursor or fill the screen", () => {
    expect(exitProblem(1, "\u001b[31mred\u001b[0m\u0007 alert")).toBe("the container exited with code 1: red alert");
    expect(exitProblem(1, "x".repeat(5_000)).length).toBeLessThan(400);
  });

  it("may be made for another processor, whichever component reports it", () => {
    expect(isForAnotherProcessor("exec /bin/echo: exec format error")).toBe(true);
    expect(isForAnotherProcessor("standard_init_linux.go:228: exec user process caused: exec format error")).toBe(true);
    expect(isForAnotherProcessor("config.yml: no such file")).toBe(false);
  });
});
