import { describe, expect, it } from "vitest";
import { readComponents, serverName } from "./engine-components.ts";

/** As Podman 4.3 answered. */
const PODMAN = [
  { Name: "Podman Engine", Version: "4.3.1" },
  { Name: "Conmon", Version: "conmon version 2.1.6, commit: unknown" },
  {
    Name: "OCI Runtime (runc)",
    Version: "runc version 1.1.5+ds1\ncommit: 1.1.5+ds1-1+deb12u1\nspec: 1.0.2-dev\ngo: go1.19.8\nlibseccomp: 2.5.4",
  },
];
/** As Docker 20.10 answered. */
const DOCKER = [
  { Name: "Engine", Version: "20.10.24+dfsg1" },
  { Name: "containerd", Version: "1.6.20~ds1" },
  { Name: "runc", Version: "1.1.5+ds1" },
  { Name: "docker-init", Version: "0.19.0" },
];

describe("readComponents", () => {
  it("takes the version out of what Podman's programs print, and calls the runtime by its name", () => {
    expect(readComponents(PODMAN)).toEqual({ "Podman Engine": "4.3.1", Conmon: "2.1.6", runc: "1.1.5+ds1" });
  });

  it("leaves Docker's as they are", () => {
    expect(readComponents(DOCKER)).toEqual(Object.fromEntries(DOCKER.map(({ Name, Version }) => [Name, Version])));
  });

  it("keeps the first line of what it does not know", () => {
    expect(readComponents([{ Name: "x", Version: "of today\nand more" }])).toEqual({ x: "of today" });
  });
});

describe("serverName", () => {
  it("tells Podman from Docker", () => {
    expect(serverName("4.3.1", readComponents(PODMAN))).toBe("Podman 4.3.1");
    expect(serverName("20.10.24+dfsg1", readComponents(DOCKER))).toBe("20.10.24+dfsg1");
  });
});
