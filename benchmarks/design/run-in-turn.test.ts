import { describe, expect, it } from "vitest";
import { runInTurn, type Turn } from "./run-in-turn.ts";
import { Unmeasurable } from "./unmeasurable.ts";

const ran: string[] = [];
const turn = (name: Turn["name"], error?: Error): Turn => ({
  name,
  run: async () => {
    ran.push(name);
    if (error !== undefined) throw error;
  },
});

describe("runInTurn", () => {
  it("continues after an experiment that cannot be measured, and says why", async () => {
    const early: string[][] = [];
    const turns = [turn("copy-up", new Unmeasurable("no python")), turn("startup")];
    await runInTurn(turns, (...each) => early.push(each));
    expect(ran.splice(0)).toEqual(["copy-up", "startup"]);
    expect(early).toEqual([["copy-up", "no python"]]);
  });

  it("ends at any other error", async () => {
    const gone = new Error("the engine does not answer");
    await expect(runInTurn([turn("copy-up", gone), turn("startup")], () => undefined)).rejects.toBe(gone);
    expect(ran.splice(0)).toEqual(["copy-up"]);
  });

  it("fails when nothing could be measured at all", async () => {
    const none = new Unmeasurable("no python");
    await expect(runInTurn([turn("copy-up", none)], () => undefined)).rejects.toBe(none);
  });
});
