/** `paper audit` as a command, on copies of the study's data that were spoilt in one way or the other. */
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import yargs from "yargs";
import { MisuseError } from "../../research/misuse.ts";
import { addAnalysisCommands } from "../main.ts";
import type { Audit, AuditedClaim } from "../paper/audit.ts";
import { paperData } from "../testing/paper-data.ts";

// Each runs a whole command, some of them several.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let complaints: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tierbench-audit-"));
  complaints = [];
  vi.spyOn(console, "error").mockImplementation((line) => {
    complaints.push(String(line));
  });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

async function run(...args: string[]): Promise<string> {
  let printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    printed += chunk;
    return true;
  });
  const cli = await addAnalysisCommands(yargs(args), args[0]);
  await cli.strict().exitProcess(false).fail(false).parseAsync();
  return printed;
}

test("without the data it says how to get them", async () => {
  await expect(run("paper", "audit", "--data", join(folder, "nope"))).rejects.toThrow(
    /nope: no such folder.*run `tierbench paper fetch`/,
  );
});

describe.skipIf(paperData === undefined)("the study's own data", () => {
  const data = paperData as string;
  const json = async (...args: string[]): Promise<Audit> => JSON.parse(await run("paper", "audit", "--format", "json", ...args));
  const verdicts = ({ claims }: Audit) => Object.fromEntries(claims.map(({ id, verdict }) => [id, verdict]));

  test("as they are: nothing is said on the side, and the exit code is 0", async () => {
    const { claims, study, problems } = await json("--data", data);
    expect(study).toEqual({
      arxiv: "2602.15214",
      repository: "opscart/docker-internals-guide",
      commit: expect.stringMatching(/^f6457021/),
    });
    expect([problems, complaints, process.exitCode]).toEqual([[], [], undefined]);
    for (const claim of claims) {
      expect(Object.keys(claim)).toEqual(
        expect.arrayContaining([
          "id",
          "claim",
          "published",
          "recomputed",
          "recomputed_ci",
          "verdict",
          "reasons",
          "command",
          "re_measured",
        ]),
      );
    }
  });

  test("every command that is named runs, and says something", async () => {
    const { claims } = await json("--data", data);
    for (const command of new Set(claims.map((claim: AuditedClaim) => claim.command))) {
      const [program, ...args] = command.split(" ");
      expect(program).toBe("tierbench");
      expect((await run(...args)).length, command).toBeGreaterThan(500);
    }
  });

  test("text and Markdown have every claim, with its verdict and its reasons", async () => {
    const { claims } = await json("--data", data);
    for (const format of ["text", "markdown"]) {
      const printed = await run("paper", "audit", "--data", data, "--format", format);
      for (const { id, verdict } of claims) expect(printed).toContain(`${id}: ${verdict}`);
      expect(printed).toContain("of 13 claims 6 refuted, 7 arithmetic-only");
    }
  });

  test("platforms of ours stand beside it; an unknown one is misuse", async () => {
    const { claims } = await json("--data", data, "--with", "debian12-docker20");
    const own = claims.flatMap(({ id, re_measured }) => (re_measured?.results ?? []).map(({ platform }) => [id, platform]));
    expect(own).toEqual(["image-size", "namespace-time", "namespace-share"].map((id) => [id, "debian12-docker20"]));
    await expect(json("--data", data, "--with", "nope")).rejects.toThrow(MisuseError);
  });

  test("a platform is missing: its claims are not testable, the others are judged", async () => {
    cpSync(data, folder, { recursive: true });
    rmSync(join(folder, "azure-standard-hdd"), { recursive: true });
    const result = await json("--data", folder);
    expect(verdicts(result)).toMatchObject({
      "image-size": "arithmetic-only",
      "storage-tier": "not-testable",
      "overlayfs-writes": "refuted",
    });
    expect(result.claims.find(({ id }) => id === "storage-tier")?.reasons[0]?.text).toBe(
      `${join(folder, "azure-standard-hdd")}: no such folder`,
    );
    expect(complaints).toEqual([`not read: ${join(folder, "azure-standard-hdd")}: no such folder`]);
    expect(process.exitCode).toBe(1);
  });

  test.each<[what: string, spoil: (file: string) => void, reason: RegExp]>([
    ["changed", (file) => appendFileSync(file, "51,overlayfs,1.1\n"), /another file than the study's, by its SHA-256/],
    ["cut off", (file) => truncateSync(file, 700), /04-write-performance\.csv: another file than the study's, by its SHA-256/],
    ["gone", (file) => rmSync(file), /04-write-performance\.csv: no such file/],
    [
      "a folder",
      (file) => {
        rmSync(file);
        mkdirSync(file);
      },
      /04-write-performance\.csv: not a regular file/,
    ],
  ])("a file is %s: it is named with the reason, and the audit continues", async (_, spoil, reason) => {
    cpSync(data, folder, { recursive: true });
    spoil(join(folder, "azure-premium-ssd", "04-write-performance.csv"));
    const result = await json("--data", folder);
    expect(verdicts(result)).toMatchObject({ "overlayfs-writes": "not-testable", "storage-tier": "arithmetic-only" });
    expect(result.claims.find(({ id }) => id === "overlayfs-writes")?.reasons[0]?.text).toMatch(reason);
    expect(complaints.join("\n")).toMatch(reason);
    expect(process.exitCode).toBe(1);
  });

  test("edited notes are not facts: what rests on them is left out, and reported", async () => {
    cpSync(data, folder, { recursive: true });
    appendFileSync(join(folder, "macos-docker-desktop", "platform-info.txt"), "CPU cores: 2\n");
    const result = await json("--data", folder);
    const reasons = result.claims.find(({ id }) => id === "docker-desktop")?.reasons.map(({ text }) => text) ?? [];
    expect(reasons.filter((text) => text.includes("the machines differ in"))).toEqual([]);
    expect(complaints).toEqual([expect.stringMatching(/platform-info\.txt: another file than the study's/)]);
  });
});
