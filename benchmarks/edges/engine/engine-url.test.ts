import { describe, expect, it } from "vitest";
import { MisuseError } from "../../../research/misuse.ts";
import { parseEngineUrl } from "./engine-url.ts";

const tcp = (host: string, port?: number, secure = false) => ({ kind: "tcp", host, port, secure });

describe("an engine's URL", () => {
  it.each([
    ["unix:///run/docker.sock", { kind: "socket", path: "/run/docker.sock" }],
    ["unix:///run/docker.sock/", { kind: "socket", path: "/run/docker.sock" }],
    ["unix://./p.sock", { kind: "socket", path: `${process.cwd()}/p.sock` }],
    ["unix://p.sock", { kind: "socket", path: `${process.cwd()}/p.sock` }],
    ["unix://", { kind: "socket", path: "/var/run/docker.sock" }],
    ["tcp://localhost:2375", tcp("localhost", 2375)],
    ["tcp://localhost:2375/", tcp("localhost", 2375)],
    ["tcp://build-1", tcp("build-1")],
    ["tcp://", tcp("localhost")],
    ["tcp://[::1]:2375", tcp("::1", 2375)],
    ["tcp://[fe80::1%eth0]", tcp("fe80::1%eth0")],
    ["http://10.0.0.7:2375", tcp("10.0.0.7", 2375)],
    ["https://engine.example:2376", tcp("engine.example", 2376, true)],
    ["localhost:2375", tcp("localhost", 2375)],
    ["ssh://user@[::1]", { kind: "ssh", host: "::1", user: "user", port: undefined, socket: "/var/run/docker.sock" }],
  ])("is taken as people write it: %s", (url, address) => {
    expect(parseEngineUrl(url, "--engine")).toEqual(address);
  });

  it.each(["not a url", "docker", "tcp://host:0", "tcp://host:99999", "tcp://a b:1", "ftp://host:1", "ssh://-oX", ""])(
    "is refused where it is none, with the place that named it: %j",
    (url) => {
      expect(() => parseEngineUrl(url, "DOCKER_HOST")).toThrow(MisuseError);
      expect(() => parseEngineUrl(url, "DOCKER_HOST")).toThrow(/^DOCKER_HOST: engine URL /);
    },
  );

  it("of Windows says what to do instead", () => {
    expect(() => parseEngineUrl("npipe:////./pipe/docker_engine", "--engine")).toThrow(/Windows pipe.*tcp:\/\/host:port/);
  });
});
