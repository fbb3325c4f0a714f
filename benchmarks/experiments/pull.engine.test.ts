import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IMAGE_SIZES } from "../../research/protocol.ts";
import { pullTable } from "../../research/tables/pull.ts";
import type { DockerEngine } from "../edges/engine/docker.ts";
import { provideLocal } from "../edges/images/images.ts";
import { openRegistryAt } from "../edges/images/registry.ts";
import { type TestLaboratory, testLaboratory } from "../testing/laboratory.ts";
import { pull } from "./pull.ts";

const never = new AbortController().signal;
let lab: TestLaboratory;
/** 20 MB, and here anyhow: the registry of these tests runs from it. */
let larger: string;
beforeAll(async () => {
  lab = await testLaboratory(["shell"]);
  larger = await provideLocal((lab.laboratory.engine as DockerEngine).docker, "registry", () => undefined, never);
}, 600_000);
/** Images are what takes long here, so there is no larger one than a test needs. */
const small = () => ({ ...lab.laboratory.images, web: lab.laboratory.images.shell, python: lab.laboratory.images.shell });
const smallAndLarger = () => ({ ...small(), python: larger });
afterAll(async () => {
  await lab?.[Symbol.asyncDispose]();
});

describe("pull", () => {
  it("downloads every layer each time, the layers fit into the whole, and nothing is left", async () => {
    const { docker } = lab.laboratory.engine as DockerEngine;
    const names = async (): Promise<string[]> =>
      (await docker.listImages()).flatMap(({ RepoTags, Id }) => RepoTags ?? [Id]).sort();
    const before = await names();
    const rows = await lab.measure(pull, pullTable, 1, { images: smallAndLarger() });
    expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual(rows.map(() => ["ok", null]));
    for (const trial of new Set(rows.map((row) => row.trial))) {
      const [whole, ...layers] = rows.filter((row) => row.trial === trial);
      expect(whole?.layer).toBeNull();
      expect(layers).toHaveLength(3);
      const total = Number(whole?.pulled_ns);
      let extracting = 0;
      for (const { download_begin_ns, download_done_ns, extract_begin_ns, pulled_ns } of layers) {
        const order = [download_begin_ns ?? 0, download_done_ns, extract_begin_ns, pulled_ns, total].map(Number);
        expect(order).toEqual([...order].sort((a, b) => a - b));
        extracting += Number(pulled_ns) - Number(extract_begin_ns);
      }
      // One layer is extracted after the other.
      expect(extracting).toBeLessThanOrEqual(total);
    }
    const bytes = (image: string) => rows.find((row) => row.image === image && row.layer === null)?.bytes ?? Number.NaN;
    expect(bytes("large")).toBeGreaterThan(1.5 * bytes("small"));
    expect(new Set(rows.map(({ image }) => image))).toEqual(new Set(IMAGE_SIZES));

    // The registry's own image is kept for the next time.
    expect((await names()).filter((name) => name !== "tierbench/registry:1")).toEqual(
      before.filter((name) => name !== "tierbench/registry:1"),
    );
    expect(await lab.containers()).toEqual([]);
  });

  it("that another registry refuses says so in one line, and leaves nothing on the engine", async () => {
    const { docker } = lab.laboratory.engine as DockerEngine;
    const openRegistry = async () => openRegistryAt(docker, "127.0.0.1:1/team", () => undefined);
    await expect(lab.measure(pull, pullTable, 1, { openRegistry, images: small() })).rejects.toThrow(
      /^image small could not be pushed to 127\.0\.0\.1:1\/team: [^\n]+; name a registry that takes pushes without a login[^\n]*$/,
    );
    const left = (await docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []);
    expect(left.filter((name) => name.includes("pull-"))).toEqual([]);
  });
});
