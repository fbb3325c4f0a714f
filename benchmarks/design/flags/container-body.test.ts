import { describe, expect, it } from "vitest";
import { MisuseError } from "../../../research/misuse.ts";
import { containerBody } from "./container-body.ts";
import type { Surroundings } from "./flag.ts";
import { volumesNamed } from "./volumes-named.ts";

const SURROUNDINGS: Surroundings = {
  read: (path) => {
    if (path === "env") return "\uFEFF# c\n A=b c \nOWN\nNOT\n";
    throw new Error(`no file ${path}`);
  },
  variable: (name) => (name === "OWN" ? "mine" : undefined),
  absolute: (path) => `/here/${path}`,
};
const body = (...flags: readonly string[]) =>
  containerBody(
    flags.map((flag) => {
      const end = flag.indexOf("=");
      return { name: flag.slice(0, end), value: flag.slice(end + 1) };
    }),
    SURROUNDINGS,
  );

describe("values, as docker reads them", () => {
  it.each([
    ["memory=256m", { HostConfig: { Memory: 268_435_456 } }],
    ["memory=1.5GiB", { HostConfig: { Memory: 1_610_612_736 } }],
    ["memory=7", { HostConfig: { Memory: 7 } }],
    ["cpus=.5", { HostConfig: { NanoCpus: 500_000_000 } }],
    ["health-interval=1m30.5s", { Healthcheck: { Interval: 90_500_000_000 } }],
    ["volume=./x:/y:ro", { HostConfig: { Binds: ["/here/./x:/y:ro"] } }],
    ["volume=/y", { Volumes: { "/y": {} } }],
    [
      "device=/dev/a:r",
      { HostConfig: { Devices: [{ PathOnHost: "/dev/a", PathInContainer: "/dev/a", CgroupPermissions: "r" }] } },
    ],
    ["cap-add=net_admin", { HostConfig: { CapAdd: ["CAP_NET_ADMIN"] } }],
    ["add-host=b=::1", { HostConfig: { ExtraHosts: ["b:::1"] } }],
    ["entrypoint=", { Entrypoint: [""] }],
    ["env=$(reboot)=; x", { Env: ["$(reboot)=; x"] }],
    ["env=OWN", { Env: ["OWN=mine"] }],
    ["env=NOT", { Env: ["NOT"] }],
    ["env-file=env", { Env: ["A=b c ", "OWN=mine"] }],
    ["network=mine", { HostConfig: { NetworkMode: "mine" }, NetworkingConfig: { EndpointsConfig: { mine: {} } } }],
    [
      "mount=type=bind,src=./a,dst=/b,ro=false",
      { HostConfig: { Mounts: [{ Type: "bind", Source: "/here/./a", Target: "/b", ReadOnly: false }] } },
    ],
  ])("%s", (flag, expected) => expect(body(flag)).toEqual(expected));

  it("flags of one field are put together, and of one that has a single value the last counts", () => {
    expect(body("env=A=c", "env-file=env", "memory=1g", "memory=2", "publish=81:80", "expose=90")).toEqual({
      Env: ["A=b c ", "OWN=mine", "A=c"],
      ExposedPorts: { "80/tcp": {}, "90/tcp": {} },
      HostConfig: { Memory: 2, PortBindings: { "80/tcp": [{ HostIp: "", HostPort: "81" }] } },
    });
  });

  it.each([
    ...[
      "memory=256x",
      "memory=",
      "memory=-1",
      "cpus=0.1234567890123",
      "cpus=x",
      "pids-limit=1.5",
      "ulimit=nofile=2:1",
      "ulimit=x=1",
    ],
    ...[
      "env==x",
      "env=",
      "env-file=none",
      "label=tierbench.owner=x",
      "volume=a:b:c:d",
      "volume=:/a",
      "publish=0:80",
      "publish=1-2:80-82",
    ],
    ...[
      "publish=x",
      "device=x",
      "mount=target=/a,foo=1",
      "mount=type=bind,target=/a",
      "mount=type=foo,target=/a",
      "mount=type=tmpfs",
    ],
    ...["security-opt=seccomp=none.json", "security-opt=foo", "sysctl=vm.swappiness=1", "ipc=x", "network=", "ip=1.2.3", "dns=x"],
    ...["add-host=a", "health-timeout=5", "health-retries=-1", "init=maybe", "log-opt=x=y|log-driver=none", "ip=1.2.3.4"],
    ...["no-healthcheck=true|health-cmd=x", "network=a|network=b", "storage-opt=x"],
  ])("%s is misuse, and the message names the flag", (flags) => {
    const given = flags.split("|");
    expect(() => body(...given)).toThrow(MisuseError);
    if (given.length === 1 && flags !== "ip=1.2.3.4") expect(() => body(...given)).toThrow(`--${flags.split("=")[0]}: `);
  });
});

it("volumes are those with a name", () => {
  const mounts = ["mount=src=b,dst=/b,volume-driver=d,volume-opt=o=p", "mount=type=bind,src=/c,dst=/c", "mount=dst=/d"];
  expect(volumesNamed(body("volume=a:/a:ro", "volume=/x:/y", "volume=/z", ...mounts))).toEqual([
    { name: "a", driver: undefined, options: undefined },
    { name: "b", driver: "d", options: { o: "p" } },
  ]);
  expect(volumesNamed({})).toEqual([]);
});
