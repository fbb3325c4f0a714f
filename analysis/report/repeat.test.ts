import { expect, test } from "vitest";
import type { PlannedRun, Session } from "../../research/manifest.ts";
import { renderText } from "../format/document/text.ts";
import { manifest, session } from "../testing/rows.ts";
import { repeatBlocks } from "./repeat.ts";

const words = (...sessions: Partial<Session>[]): string => wordsOfRuns([], ...sessions);
const wordsOfRuns = (runs: PlannedRun[], ...sessions: Partial<Session>[]): string => {
  const numbered = sessions.map((fields, index) => session({ session: index + 1, ...fields }));
  const platform = {
    label: "here",
    folder: "/r/here",
    experiments: [],
    manifest: manifest({ runs, sessions: numbered }),
    startup: [],
  };
  // As text wraps, so that a word is found wherever the line was broken.
  return renderText(repeatBlocks([platform], "0.1.0")).replace(/\s+/g, " ");
};

const DIGEST = "sha256:abc";
const image = (name: string, reference: string) => ({ name, reference, digest: DIGEST, size_bytes: 1 });
const LOCAL = ["small", "medium", "large"].map((name) => image(name, `tierbench/${name}:1`));
const PAPER = ["alpine", "nginx", "python_3.11-slim"].map((name) => image(name, `${name.split("_")[0]}@${DIGEST}`));
const planned = (name: "startup" | "metadata", conditions: string[], iterations: number) => ({
  ...{ name, conditions, iterations, warmup_blocks: 1 },
});
const METADATA = planned("metadata", ["overlay"], 30);
const none = { command: [], iterations: { warm: 0, cold: 0, warmup_blocks: 0 } };

test("images of ours are named, those of the user with what they stood for", () => {
  expect(words({ images: LOCAL.slice(0, 2) })).toContain("--images small,medium --probe");
  const own = [image("web", "nginx:1.27"), image("small", "registry.example.org/small:2")];
  expect(words({ images: own })).toContain("--images web=nginx:1.27,small=registry.example.org/small:2 --probe");
});

test("what was pulled by digest is pulled by it again", () => {
  expect(words({ images: PAPER.slice(0, 1) })).toMatch(
    /--images alpine=alpine@sha256:abc --probe tracefs`, after `docker pull alpine@sha256:abc`/,
  );
});

test("those that only other experiments ran in are not made images of startup", () => {
  const experiments = [planned("startup", ["web warm", "web cold"], 50), METADATA];
  const told = words({ images: [image("web", "nginx:1.27"), ...LOCAL], experiments });
  expect(told).toContain("run startup metadata --platform here-again --seed 1 --iterations 50 --images web=nginx:1.27 --probe");
});

test("the paper's come for other experiments all together, and what their tags meant is said", () => {
  const told = words({ images: PAPER.slice(2), experiments: [METADATA], ...none });
  expect(told).toContain("--images paper --probe tracefs`, whose tags then meant python@sha256:abc");
});

test("iterations that are not known are not made up: of startup they are, of a share they are not", () => {
  expect(words({ images: LOCAL })).toContain("--iterations 50");
  const told = words({ images: LOCAL.slice(2), experiments: [METADATA], ...none });
  expect(told).toContain("run metadata --platform here-again --seed 1 --images large --probe");
  expect(told).not.toContain("--iterations");
});

test("the second session is added to the first, with the hosts that it reached", () => {
  const second = { seed: 7, target: "host.example.org", registry: "localhost:5000/team" };
  expect(words({}, second)).toMatch(
    /--platform here-again --append --seed 7 .*--target host\.example\.org --registry localhost:5000\/team`/,
  );
});

test("a reference from a file is quoted for the shell", () => {
  expect(words({ images: [image("a", "b; touch c")] })).toContain("--images 'a=b; touch c' --probe");
});

const plan = (...sessions: number[]): PlannedRun => ({
  ...{ seed: 5, iterations: 50, precision: 0.025 },
  sessions: sessions.map((number) => ({ session: number, seed: number, round: number, turn: 1 })),
});

test("sessions of one run are one command, with the run's own seed and all its iterations", () => {
  const [none_, some] = [
    { experiments: [planned("startup", ["small warm"], 10)] },
    { experiments: [planned("startup", ["small warm"], 10), METADATA] },
  ];
  const told = wordsOfRuns([plan(2, 3, 4)], { images: LOCAL }, { images: LOCAL, ...none_ }, { images: LOCAL, ...some });
  expect(told).toMatch(/here, session 1, .*run startup --platform here-again --seed 1 --iterations 50 --images/);
  expect(told).toMatch(
    /here, sessions 2 to 3, .*run startup metadata --platform here-again --append --seed 5 --iterations 50 --sessions 3 --precision 2\.5% --images/,
  );
  expect(told.match(/scripts\/tierbench run/g)).toHaveLength(2);
});

test("platforms that took turns are measured in turns again", () => {
  const told = wordsOfRuns([plan(1)], { images: LOCAL, paired_with: ["beside"], round: 1 });
  expect(told).toContain("run startup --platform beside-again=ENGINE --platform here-again=ENGINE --seed 5");
});
