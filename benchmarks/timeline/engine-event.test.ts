import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type EngineEvent, readEngineEvent } from "./engine-event.ts";

/** What each engine sent of one start, all of it. */
const linesOf = (file: string): string[] =>
  readFileSync(new URL(`../fixtures/events/${file}.jsonl`, import.meta.url), "utf8")
    .trim()
    .split("\n");
const said = (event: EngineEvent): string | number => ("mark" in event ? event.mark : event.networks);

describe("readEngineEvent", () => {
  it.each([
    ["docker20.10-bridge", ["event_create", 1, "event_start", "event_die", -1, "event_destroy"]],
    // Podman also says `init`, and nothing of networks.
    ["podman4.3-bridge", ["event_create", "event_start", "event_die", "event_destroy"]],
  ])("finds a container's marks in what %s sent", (file, expected) => {
    const lines = linesOf(file);
    const events = lines.flatMap((line) => readEngineEvent(line) ?? []);
    expect(events.map(said)).toEqual(expected);
    const { Actor } = JSON.parse(lines[0] as string) as { Actor: { ID: string } };
    expect(new Set(events.map(({ container }) => container))).toEqual(new Set([Actor.ID]));
  });

  it("keeps the nanoseconds, which a double cannot hold", () => {
    const [create] = linesOf("podman4.3-bridge").map(readEngineEvent);
    expect(create).toMatchObject({ mark: "event_create" });
    expect(linesOf("podman4.3-bridge")[0]).toContain(`"timeNano":${(create as { at: bigint }).at}`);
  });

  it("knows Podman's older name for an end", () => {
    const [died] = linesOf("podman4.3-bridge").filter((line) => line.includes('"Action":"die"'));
    const older = died?.replaceAll('"die"', '"died"') ?? "";
    expect(readEngineEvent(older)).toEqual(readEngineEvent(died ?? ""));
    expect(readEngineEvent(older)).toMatchObject({ mark: "event_die" });
  });

  it.each([
    "",
    "not JSON",
    '{"Type":"container","Action":"create","Actor":{"ID":"a"}}',
    '{"Type":"image","Action":"remove","Actor":{"ID":"a"},"timeNano":1}',
    '{"Type":"network","Action":"connect","Actor":{"ID":"a","Attributes":{"network":"podman"}},"timeNano":1}',
    '{"Type":"network","Action":"remove","Actor":{"ID":"a","Attributes":{"container":"b"}},"timeNano":1}',
  ])("passes over %j", (line) => {
    expect(readEngineEvent(line)).toBeUndefined();
  });
});
