import { afterAll, beforeAll, expect, it } from "vitest";
import { IMAGE_SIZES } from "../../research/protocol.ts";
import { pullTable } from "../../research/tables/pull.ts";
import { openRegistryAt } from "../edges/images/registry.ts";
import { startRegistry } from "../edges/images/registry-container.ts";
import { type TestLaboratory, testLaboratory } from "../testing/laboratory.ts";
import { pull } from "./pull.ts";

let lab: TestLaboratory;
beforeAll(async () => {
  lab = await testLaboratory(["shell"]);
}, 600_000);
afterAll(async () => {
  await lab?.[Symbol.asyncDispose]();
});
const small = () => ({ ...lab.laboratory.images, web: lab.laboratory.images.shell, python: lab.laboratory.images.shell });

it("pull from another registry pulls what it pushed there, and leaves nothing on the engine", async () => {
  const { docker } = lab.wired;
  const signal = new AbortController().signal;
  await using other = await startRegistry(lab.wired, () => undefined, signal);
  const pushed: string[] = [];
  const openRegistry = async () => openRegistryAt(docker, `${other.address}/some/team`, (line) => pushed.push(line));
  const rows = await lab.measure(pull, pullTable, 2, { openRegistry, images: small() });
  expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual(rows.map(() => ["ok", null]));
  expect(pushed.map((line) => line.split(":").slice(0, 2).join(":"))).toEqual(
    IMAGE_SIZES.map((name) => `Pushing ${other.address}/some/team/tierbench-pull-${name}`),
  );
  // Its own log is the witness: every layer was fetched from it, in the warm-up and in the block.
  const log = (await docker.getContainer(other.id).logs({ stdout: true, stderr: true })).toString("utf8");
  for (const name of IMAGE_SIZES) {
    const fetched = log.match(new RegExp(`"GET /v2/some/team/tierbench-pull-${name}/blobs/[^"]*" 200`, "g")) ?? [];
    expect(fetched.length, name).toBeGreaterThanOrEqual(2 * 3);
  }
  const left = (await docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []);
  expect(left.filter((name) => name.includes("pull-"))).toEqual([]);
});
