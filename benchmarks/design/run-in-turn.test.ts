import { describe, expect, it } from "vitest";
import type { Warning } from "../../research/warning.ts";
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
const addSession = (name: string): string => `tierbench run ${name} --platform x --append`;

describe("runInTurn", () => {
  it("continues after an experiment that cannot be measured, and says why", async () => {
    const warnings: Warning[] = [];
    const turns = [turn("copy-up", new Unmeasurable("no python")), turn("startup")];
    await runInTurn(turns, addSession, (warning) => warnings.push(warning));
    expect(ran.splice(0)).toEqual(["copy-up", "startup"]);
    const remedy = "fix that, then add a session: `tierbench run copy-up --platform x --append`";
    expect(warnings).toEqual([{ summary: "copy-up could not be completed", evidence: "no python", remedy }]);
  });

  it("ends at any other error", async () => {
    const gone = new Error("the engine does not answer");
    await expect(runInTurn([turn("copy-up", gone), turn("startup")], addSession, () => undefined)).rejects.toBe(gone);
    expect(ran.splice(0)).toEqual(["copy-up"]);
  });

  it("fails when nothing could be measured at all", async () => {
    const none = new Unmeasurable("no python");
    await expect(runInTurn([turn("copy-up", none)], addSession, () => undefined)).rejects.toBe(none);
  });
});
