import { expect, test } from "vitest";
import { configDigest, layersDigest } from "./image-digests.ts";

test("one layer is its own digest, several have one that their order counts for", () => {
  expect(layersDigest(["sha256:a"])).toBe("sha256:a");
  expect(layersDigest(["sha256:a", "sha256:b"])).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(layersDigest(["sha256:a", "sha256:b"])).not.toBe(layersDigest(["sha256:b", "sha256:a"]));
});

test("what engines write for nothing is nothing", () => {
  const nothing = { Entrypoint: null, Env: null, User: "", WorkingDir: "", Volumes: null };
  // Docker 20.10, Docker 28.5 with a containerd image store, Podman 4.3: one import.
  expect(configDigest({ Cmd: ["/bin/sh"], ...nothing })).toBe(configDigest({ Cmd: ["/bin/sh"] }));
  expect(configDigest({ Cmd: ["/bin/sh"], ...nothing, WorkingDir: "/", Volumes: {}, Entrypoint: [] })).toBe(
    configDigest({ Cmd: ["/bin/sh"], Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"] }),
  );
});

test.each([
  { Entrypoint: ["/entry.sh"] },
  { Cmd: ["other"] },
  { Entrypoint: ["a"], Cmd: ["b"] },
  { Env: ["LANG=C"] },
  { Env: ["PATH=/opt/bin"] },
  { User: "1000" },
  { WorkingDir: "/srv" },
  { Volumes: { "/data": {} } },
  { Healthcheck: { Test: ["CMD", "true"] } },
])("%j is another configuration", (config) => {
  expect(configDigest(config)).not.toBe(configDigest({}));
});

test("an entrypoint is no command, and the order of variables does not matter", () => {
  expect(configDigest({ Entrypoint: ["a"] })).not.toBe(configDigest({ Cmd: ["a"] }));
  expect(configDigest({ Env: ["A=1", "B=2"] })).toBe(configDigest({ Env: ["B=2", "A=1"] }));
});
