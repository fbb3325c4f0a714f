import { describe, expect, it } from "vitest";
import { parseSshUrl } from "./ssh-tunnel.ts";

describe("parseSshUrl", () => {
  it("takes a host, with or without user, port and socket", () => {
    const plain = { host: "build-1", user: undefined, port: undefined, socket: "/var/run/docker.sock" };
    expect(parseSshUrl("ssh://build-1")).toEqual(plain);
    expect(parseSshUrl("ssh://build-1/")).toEqual(plain);
    expect(parseSshUrl("ssh://me@10.0.0.7:2222/run/user/1000/docker.sock")).toEqual({
      host: "10.0.0.7",
      user: "me",
      port: "2222",
      socket: "/run/user/1000/docker.sock",
    });
  });

  it("takes an IPv6 address in brackets, which ssh expects without", () => {
    expect(parseSshUrl("ssh://user@[::1]")).toMatchObject({ host: "::1", user: "user", port: undefined });
    expect(parseSshUrl("ssh://[fe80::1%eth0]:2222/run/docker.sock")).toMatchObject({ host: "fe80::1%eth0", port: "2222" });
  });

  it.each([
    "ssh://-oProxyCommand=reboot",
    "ssh://-l@host",
    "ssh://host/$(reboot)",
    "ssh://host/a b",
    "ssh://host/a:b",
    "ssh://host;reboot",
    "ssh://user:password@host",
    "ssh://",
    "tcp://host:1",
  ])("refuses anything that ssh or a shell could misinterpret: %s", (url) => {
    expect(parseSshUrl(url)).toBeUndefined();
  });
});
