import { expect, it } from "vitest";
import { clockNs, nanoseconds } from "../../research/units.ts";
import { parseUntil } from "../design/until.ts";
import { readyTime } from "./ready-time.ts";

const at = (ms: number) => clockNs(BigInt(ms * 1e6));
const client = { create_sent: at(0), start_sent: at(10) };
const asked = (notYet: number | undefined, entry_exec?: number) =>
  readyTime(
    { client, until: parseUntil("http:80"), ready: { at: at(100), notYet: notYet === undefined ? undefined : at(notYet) } },
    {
      milestones: entry_exec === undefined ? {} : { entry_exec: nanoseconds(entry_exec * 1e6) },
      ...{ listens: [], clockError: nanoseconds(1_000) },
    },
  ).ready_error_ns;

it("may have been so since the last question that was not answered, and no earlier than its entrypoint began", () => {
  expect(asked(95, 40)).toBe(5e6);
  expect(asked(30, 40)).toBe(60e6 + 1_000);
  expect(asked(undefined, 40)).toBe(60e6 + 1_000);
});

it("was so when it was first asked: since the start request, where nothing more is known", () => {
  expect(asked(undefined)).toBe(90e6);
});
