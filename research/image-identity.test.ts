import { expect, test } from "vitest";
import { type ImageIdentity, imageDifference, imagesDifference } from "./image-identity.ts";

/** As Docker 20.10 with overlay2 and 28.5 with a containerd image store describe one tar, imported twice into the latter. */
const LAYERS = "sha256:6cfe37a96c325f63791f31289276781dab2c2983c79b4ebd36976d64fefc9992";
const overlay2: ImageIdentity = { digest: LAYERS, layers_digest: LAYERS, config_digest: "sha256:c" };
const imported: ImageIdentity = { digest: "sha256:b65c6a", layers_digest: LAYERS, config_digest: "sha256:c" };
const again: ImageIdentity = { ...imported, digest: "sha256:493332" };
const older = ({ digest }: ImageIdentity): ImageIdentity => ({ digest });

/** Both ways round: a comparison has no first. */
const difference = (a: ImageIdentity, b: ImageIdentity): string | undefined => {
  const said = imageDifference(a, b);
  expect(imageDifference(b, a) === undefined).toBe(said === undefined);
  return said;
};

test("an image is its layers, whichever store holds it and whenever it was imported", () => {
  expect(difference(imported, again)).toBeUndefined();
  expect(difference(overlay2, again)).toBeUndefined();
});

test("other layers are another image", () => {
  expect(difference(imported, { ...again, layers_digest: "sha256:other" })).toBe(
    `another image (layers ${LAYERS} and sha256:other)`,
  );
});

test("the same layers that start otherwise are another configuration", () => {
  const entrypoint = { ...again, config_digest: "sha256:entrypoint" };
  expect(difference(imported, entrypoint)).toMatch(/^another configuration of the image: entrypoint, .*sha256:entrypoint\)$/);
});

test("a registry's digest is one image, built for two processors too", () => {
  const amd64 = { digest: "sha256:index", layers_digest: "sha256:1", config_digest: "sha256:2" };
  expect(difference(amd64, { ...amd64, layers_digest: "sha256:3" })).toBeUndefined();
});

test("an older file that has the layers' digest or the same registry's counts as the same", () => {
  expect(difference(older(overlay2), again)).toBeUndefined();
  expect(difference(older(imported), imported)).toBeUndefined();
  expect(difference(older(overlay2), older(overlay2))).toBeUndefined();
});

test("an older file with another digest is refused, because it cannot be determined", () => {
  expect(difference(older(imported), again)).toMatch(
    /^whether it is the same image cannot be determined: .*sha256:b65c6a.*measure/,
  );
  expect(difference(older(imported), overlay2)).toMatch(/^whether it is the same image cannot be determined/);
});

test("two older files have nothing but their digests", () => {
  expect(difference(older(imported), older(overlay2))).toBe(`another image (sha256:b65c6a and ${LAYERS})`);
});

test("several images are compared one by one", () => {
  const other = { digest: "sha256:9" };
  expect(imagesDifference([imported, other], [overlay2, other])).toBeUndefined();
  expect(imagesDifference([imported, other], [other, imported])).toContain("cannot be determined");
  expect(imagesDifference([imported], [overlay2, other])).toBe("another image (1 and 2 of them)");
});
