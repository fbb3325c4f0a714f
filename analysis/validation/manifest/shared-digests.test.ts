import { expect, test } from "vitest";
import { session } from "../../testing/rows.ts";
import { sharedDigests } from "./shared-digests.ts";

const image = (name: string, digest: string, layers: string | undefined) => ({
  ...{ name, digest, reference: name, size_bytes: 1 },
  ...(layers !== undefined && { layers_digest: layers }),
});
const fields = (...images: ReturnType<typeof image>[]) => sharedDigests([session({ images })]).map(({ field }) => field);

test("two images with one digest and different layers are told", () => {
  expect(fields(image("small", "sha256:a", "sha256:1"), image("large", "sha256:a", "sha256:2"))).toEqual([
    "sessions.0.images.1.digest",
  ]);
});

test("one image under two names, images of one layer set, and files without layers are not", () => {
  expect(fields(image("small", "sha256:a", "sha256:1"), image("large", "sha256:a", "sha256:1"))).toEqual([]);
  expect(fields(image("small", "sha256:a", "sha256:1"), image("large", "sha256:b", "sha256:1"))).toEqual([]);
  expect(fields(image("small", "sha256:a", undefined), image("large", "sha256:a", undefined))).toEqual([]);
});
