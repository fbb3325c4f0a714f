/** What the helper's clock is worth where the client's is another and the way there is slow: its short form. */
import { describe, expect, it } from "vitest";
import { engineAndFolder } from "../../testing/engine-and-folder.ts";
import { type Comparison, isEventWithin, isWithin, type Scenario, watch } from "./scenario.ts";

const { found } = engineAndFolder("sidecar-clock");

describe("times that come through the helper", () => {
  it.each([
    {
      name: "on a client whose monotonic clock is another, over a connection that takes 20 ms, all of it one way",
      shift_s: 100_000,
      delay: { by: "proxy", thereMs: 20, backMs: 0 },
    },
  ] satisfies Scenario[])("are within their bound of what tracefs saw, $name", async (scenario) => {
    const seen: Comparison[] = [];
    for await (const comparison of watch(scenario, found.url.slice("unix://".length), 1)) seen.push(comparison);
    expect(seen).toHaveLength(1);
    expect(seen.filter((comparison) => !(isWithin(comparison) && isEventWithin(comparison)))).toEqual([]);
    // Half of a detour on one way alone is what nobody can tell: the error is that large, so the bound has to be.
    const least = ((scenario.delay?.thereMs ?? 0) * 1e6) / 2;
    for (const { worst, milestones } of seen) {
      expect(milestones).toBeGreaterThan(10);
      expect(worst).toBeGreaterThanOrEqual(least * 0.9);
    }
  });
});
