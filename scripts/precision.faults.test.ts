/** How long a run goes on that is to be precise: sessions are what takes the time. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseManifest } from "../research/manifest.ts";
import { startupTable } from "../research/tables/startup.ts";
import { tierbench } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";

const { found, folder } = engineAndFolder("precise");
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };

const read = (file: string): string => readFileSync(join(folder, "precise", file), "utf8");

it("adds sessions until every condition is known precisely enough, and leaves out those that are", async () => {
  const run = ["run", "startup", "--platform", "precise", "--out", folder, "--engine", found.url, "--images", "small"];
  const amounts = ["--iterations", "14", "--sessions", "7"];
  const measured = await tierbench([...run, "--precision", "90%", ...amounts]);
  expect(measured.code, measured.stderr).toBe(0);
  const rows = startupTable.parse(read("startup.csv"), "startup.csv");
  const sessionsOf = (mode: string) => rows.flatMap((row) => (row.mode === mode && !row.warmup ? row.session : []));
  // Five sessions are the fewest that may do; six cold starts in seven sessions leave the first without one.
  expect(sessionsOf("warm")).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
  expect(sessionsOf("cold")).toEqual([2, 3, 4, 5, 6]);
  const { runs, sessions } = parseManifest(read("platform.json"), "precise", version);
  expect(sessions.map(({ session, ending }) => [session, ending])).toEqual(
    [1, 2, 3, 4, 5, 6].map((session) => [session, "complete"]),
  );
  expect(runs).toMatchObject([{ iterations: 14, precision: 0.9 }]);
  expect(runs?.[0]?.sessions).toHaveLength(7);
});
