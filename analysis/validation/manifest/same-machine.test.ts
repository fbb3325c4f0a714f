import { expect, test } from "vitest";
import type { Session } from "../../../research/manifest.ts";
import { session } from "../../testing/rows.ts";
import { otherMachines } from "./same-machine.ts";

const first = session();
const more = session({ session: 2, host: { ...first.host, cpu_count: 256 } });

test("sessions of one machine have as many CPUs", () => {
  expect(otherMachines([more, { ...more, session: 3 }])).toEqual([]);
  expect(otherMachines([first, more])).toEqual([
    {
      ...{ field: "sessions.1.host.cpu_count", is: "256", was: "2" },
      what: "the number of CPUs of session 2 is another than that of session 1",
    },
  ]);
});

test("what the session was warned of is not said again", () => {
  const other = session({ session: 2, engine: { ...first.engine, server: "29.0.0" } });
  expect(otherMachines([first, other]).map(({ field }) => field)).toEqual(["sessions.1.engine.server"]);
  const warning = { summary: "this session's engine differs from session 1", evidence: "", remedy: "" };
  expect(otherMachines([first, { ...other, warnings: [warning] }])).toEqual([]);
});

test("an image of the same name is the same, whatever the stores call it", () => {
  const [image] = first.images as [Session["images"][number]];
  const layers_digest = `sha256:${"1".repeat(64)}`;
  const of = (digest: string, layers: string) => ({ images: [{ ...image, digest, layers_digest: layers }] });
  const one = session(of("sha256:a", layers_digest));
  expect(otherMachines([one, session({ session: 2, ...of("sha256:b", layers_digest) })])).toEqual([]);
  expect(otherMachines([one, session({ session: 2, ...of("sha256:b", "sha256:c") })])).toMatchObject([
    { field: "sessions.1.images.0.digest", what: "the image small of session 2 is another than that of session 1" },
  ]);
});
