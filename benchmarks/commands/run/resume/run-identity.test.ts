import { expect, test } from "vitest";
import type { RunIdentity } from "../../../../research/manifest.ts";
import { refuseOther } from "./run-identity.ts";

const image = { name: "small", digest: "sha256:a", layers_digest: "sha256:l", config_digest: "sha256:c" };
const then: RunIdentity = {
  ...{ engine_id: "e1", server: "docker 20.10", runtime: "runc", storage_driver: "overlay2", kernel: "6.18", cpu: "x" },
  images: [image],
};

test("the same is continued, an image that only has another name in the store and an engine without an id included", () => {
  expect(() => refuseOther(then, then)).not.toThrow();
  expect(() => refuseOther(then, { ...then, engine_id: null, images: [{ ...image, digest: "sha256:b" }] })).not.toThrow();
});

test.each([
  [{ server: "docker 28" }, "engine docker 20.10 then, docker 28 now"],
  [{ engine_id: "e2" }, "engine's own id e1 then, e2 now"],
  [{ kernel: "6.19" }, "kernel 6.18 then, 6.19 now"],
  [{ images: [] }, "image small: not there any more"],
  [{ images: [{ ...image, digest: "sha256:b", layers_digest: "sha256:m" }] }, "image small: another image (layers"],
])("what differs is named: %j", (difference, message) => {
  expect(() => refuseOther(then, { ...then, ...difference })).toThrow(message);
});
