import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyUpTable } from "../../research/tables/copy-up.ts";
import { metadataTable } from "../../research/tables/metadata.ts";
import { writeTable } from "../../research/tables/write.ts";
import { OWNER_LABEL, owner } from "../edges/host/owner.ts";
import { eventsProbe } from "../edges/probe/events-probe.ts";
import { type TestLaboratory, testLaboratory } from "../testing/laboratory.ts";
import { copyUp } from "./copy-up.ts";
import { metadata } from "./metadata.ts";
import { write } from "./write.ts";

let lab: TestLaboratory;
beforeAll(async () => {
  lab = await testLaboratory(["python"]);
}, 300_000);
afterAll(async () => {
  await lab?.[Symbol.asyncDispose]();
});

/** Other work on the machine can only add to a time: the least of the trials is what the thing itself takes. */
const least = (values: readonly (number | null)[]): number =>
  Math.min(...values.map((value) => value ?? Number.POSITIVE_INFINITY));
const allWell = (rows: readonly { outcome: string; reason: string | null }[]): void => {
  expect(rows.map(({ outcome, reason }) => ({ outcome, reason }))).toEqual(rows.map(() => ({ outcome: "ok", reason: null })));
};

describe("copy-up", () => {
  it("is paid by the first write alone, grows with the file, and is not paid on a volume", async () => {
    const rows = await lab.measure(copyUp, copyUpTable, 1);
    allWell(rows);
    const of = (storage: string, bytes: number) => rows.filter((row) => row.storage === storage && row.file_bytes === bytes);
    const first = (storage: string, bytes: number) => least(of(storage, bytes).map(({ first_write_ns }) => first_write_ns));
    const large = of("layer", 100_000_000);
    expect(large).toHaveLength(1);
    expect(first("layer", 100_000_000)).toBeGreaterThan(10 * least(large.map(({ second_write_ns }) => second_write_ns)));
    expect(first("layer", 100_000_000)).toBeGreaterThan(10 * first("volume", 100_000_000));
    expect(first("layer", 100_000_000)).toBeGreaterThan(3 * first("layer", 1_000_000));
    expect(rows.every(({ clock }) => clock === "kernel")).toBe(true);
  });

  it("without a kernel probe is stamped by the client, or empty with the reason", async () => {
    const rows = await lab.measure(copyUp, copyUpTable, 1, { probe: eventsProbe });
    for (const { outcome, clock, first_write_ns, reason } of rows) {
      expect([outcome, clock]).toEqual(["ok", "client"]);
      if (first_write_ns === null) expect(reason).toContain("read together");
    }
    // A copy of 100 MB lies so far between two marks that the client can tell them apart.
    expect(rows.filter((row) => row.storage === "layer" && row.file_bytes === 1e8 && row.first_write_ns !== null)).not.toEqual(
      [],
    );
  });
});

describe("write", () => {
  it("takes longer when it must be on disk, and writes everything everywhere", async () => {
    const rows = await lab.measure(write, writeTable, 1);
    allWell(rows);
    const onDisk = (mode: string): number =>
      least(rows.filter((row) => row.storage !== "tmpfs" && row.mode === mode).map(({ write_ns }) => write_ns));
    expect(onDisk("fsync")).toBeGreaterThan(onDisk("buffered"));
    expect(new Set(rows.map(({ bytes }) => bytes))).toEqual(new Set([256 * 2 ** 20]));
  });

  it("leaves no volume behind", async () => {
    const { Volumes } = await lab.wired.docker.listVolumes({
      filters: JSON.stringify({ label: [`${OWNER_LABEL}=${owner}`] }) as never,
    });
    expect(Volumes ?? []).toEqual([]);
  });
});

describe("metadata", () => {
  let rows: Awaited<ReturnType<typeof measured>>;
  const measured = () => lab.measure(metadata, metadataTable, 10);
  beforeAll(async () => {
    rows = await measured();
    allWell(rows);
  }, 120_000);
  const of = (storage: string) => rows.filter((row) => row.storage === storage);
  const create = (storage: string) => least(of(storage).map(({ create_ns }) => create_ns));

  it("needs the disk for what lies on one: creating is slower than looking, and slower than in memory", () => {
    for (const storage of ["overlay", "volume"]) {
      expect(create(storage)).toBeGreaterThan(create("tmpfs"));
      expect(create(storage)).toBeGreaterThan(least(of(storage).map(({ stat_ns }) => stat_ns)));
    }
  });

  it("is not slowed down by what the trials before deleted", () => {
    for (const storage of ["overlay", "volume"]) {
      const last = of(storage).slice(-4);
      // As much work as to rename them; in one folder for all trials, ten times as much by now.
      expect(least(last.map(({ create_ns }) => create_ns))).toBeLessThan(
        4 * least(of(storage).map(({ rename_ns }) => rename_ns)),
      );
    }
  });
});
