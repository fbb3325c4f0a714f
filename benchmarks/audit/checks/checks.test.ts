import { describe, expect, test } from "vitest";
import {
  auditedWith,
  type ContainerChanges,
  hardenedContainer,
  hardenedEngine,
  hardenedImage,
  info,
} from "../../testing/audited.ts";
import type { EngineFacts, ImageFacts } from "../facts.ts";
import { CONTAINER_CHECKS, DAEMON_CHECKS, IMAGE_CHECKS } from "./catalogue.ts";

const bind = (Source: string, RW: boolean, Propagation = "rprivate") => ({
  Mounts: [{ Type: "bind", Source, Destination: "/x", RW, Propagation }],
});
const host = (HostConfig: Readonly<Record<string, unknown>>) => ({ HostConfig });

/** What is found alone when one thing of a hardened container changes. */
const CONTAINERS: readonly (readonly [check: string, severity: string, seen: string, ContainerChanges])[] = [
  [
    "privileged",
    "critical",
    "--privileged",
    host({ Privileged: true, SecurityOpt: ["no-new-privileges", "seccomp=unconfined"] }),
  ],
  ["added-capabilities", "critical", "--cap-add SYS_ADMIN", host({ CapAdd: ["CAP_SYS_ADMIN"] })],
  ["added-capabilities", "critical", "--cap-add ALL", host({ CapAdd: ["all"] })],
  ["added-capabilities", "high", "--cap-add NET_ADMIN", host({ CapAdd: ["NET_ADMIN", "CHOWN"] })],
  ["added-capabilities", "medium", "--cap-add IPC_LOCK", host({ CapAdd: ["IPC_LOCK"] })],
  [
    "usual-capabilities",
    "low",
    "13 of the 14 usual ones: AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT",
    host({ CapDrop: ["NET_RAW"] }),
  ],
  ["new-privileges", "medium", "no_new_privs is off", host({ SecurityOpt: ["no-new-privileges:false"] })],
  ["host-processes", "high", "--pid host", host({ PidMode: "host" })],
  ["host-network", "high", "--network host", host({ NetworkMode: "host" })],
  ["host-ipc", "medium", "--ipc host", host({ IpcMode: "host" })],
  ["host-name", "low", "--uts host", host({ UTSMode: "host" })],
  ["host-users", "high", "--userns host", host({ UsernsMode: "host" })],
  ["engine-socket", "critical", "/var/run/docker.sock at /x", bind("/var/run/docker.sock", false)],
  ["engine-socket", "critical", "/, with /run/docker.sock in it, at /x", bind("/", false)],
  ["engine-socket", "critical", "/var/run, with /run/docker.sock in it, at /x", bind("/var/run", false)],
  ["host-paths", "critical", "/etc/cron.d at /x, writable", bind("/etc/cron.d", true)],
  ["host-paths", "critical", "/ at /x, writable", bind("/", true)],
  ["host-paths", "medium", "/root/.ssh at /x, read-only", bind("/root/.ssh", false)],
  ["host-paths", "critical", "/var/run/ at /x, writable", bind("/var/run/", true)],
  ["shared-mounts", "medium", "/srv at /x", bind("/srv", false, "rshared")],
  ["host-devices", "medium", "--device /dev/fuse", host({ Devices: [{ PathOnHost: "/dev/fuse" }] })],
  ["host-devices", "critical", "--device /dev/sda1", host({ Devices: [{ PathOnHost: "/dev/sda1" }] })],
  ["writable-root", "low", "no --read-only", host({ ReadonlyRootfs: false })],
  ["no-seccomp", "high", "seccomp=unconfined", host({ SecurityOpt: ["no-new-privileges:true", "seccomp=unconfined"] })],
  ["no-apparmor", "medium", "apparmor=unconfined", { AppArmorProfile: "unconfined" }],
  ["no-selinux", "medium", "label=disable", host({ SecurityOpt: ["no-new-privileges", "label=disable"] })],
  ["no-memory-limit", "medium", "no --memory", host({ Memory: 0 })],
  ["no-process-limit", "medium", "no --pids-limit", host({ PidsLimit: null })],
  ["no-process-limit", "medium", "no --pids-limit", host({ PidsLimit: -1 })],
  ["no-cpu-limit", "low", "no --cpus, no --cpu-shares", host({ NanoCpus: 0 })],
  ["published-everywhere", "medium", "81/tcp as port 81", { Ports: { "81/tcp": [{ HostIp: "::", HostPort: "81" }] } }],
  ["latest-image", "low", "registry:5000/web", { Config: { Image: "registry:5000/web" } }],
  ["latest-image", "low", "web:latest", { Config: { Image: "web:latest" } }],
  ["secrets-in-environment", "high", "DB_PASSWORD", { Config: { Env: ["DB_PASSWORD=hunter22"] } }],
  ["secrets-in-environment", "high", "X (a private key)", { Config: { Env: ["X=-----BEGIN RSA PRIVATE KEY-----\nMII"] } }],
  ["secrets-in-environment", "high", "DSN (an address with a password)", { Config: { Env: ["DSN=amqp://me:hunter22@mq/"] } }],
];

const IMAGES: readonly (readonly [check: string, severity: string, seen: string, ImageFacts])[] = [
  ["root-image", "low", "no USER is set", hardenedImage({ User: "" })],
  ["root-image", "low", "USER 0:0", hardenedImage({ User: "0:0" })],
  ["secrets-in-image", "high", "API_KEY", hardenedImage({ Env: ["API_KEY=hunter22"] })],
  [
    "secrets-in-image",
    "high",
    "NPM_TOKEN, an argument of the build",
    hardenedImage({}, ["RUN |2 A=1 NPM_TOKEN=hunter22 /bin/sh -c npm ci # buildkit"]),
  ],
];

const ENGINES: readonly (readonly [check: string, severity: string, seen: RegExp, Partial<EngineFacts>])[] = [
  [
    "open-api",
    "critical",
    /^API is accessible on http:\/\/0.0.0.0:2375 without encryption$/,
    { info: info({ Warnings: ["WARNING: API is accessible on http://0.0.0.0:2375 without encryption.\n Access to …"] }) },
  ],
  ["open-api", "critical", /over TCP without TLS/, { reachedBy: "tcp" }],
  [
    "open-api",
    "critical",
    /listens on tcp:\/\/\[::\]:2375/,
    { configuration: { ...configuration(), hosts: ["fd://", "tcp://[::]:2375"] } },
  ],
  ["open-socket", "critical", /docker.sock has mode 666/, { socket: { path: "/run/docker.sock", mode: 0o140666 } }],
  [
    "insecure-registries",
    "medium",
    /^10.0.0.0\/8$/,
    { info: info({ RegistryConfig: { InsecureRegistryCIDRs: ["10.0.0.0/8", "127.0.0.0/8"] } }) },
  ],
  [
    "insecure-registries",
    "medium",
    /^hub:5000$/,
    { info: info({ RegistryConfig: { IndexConfigs: { "hub:5000": { Secure: false } } } }) },
  ],
  ["no-user-mapping", "medium", /neither userns-remap/, { info: info({ SecurityOptions: without("userns") }) }],
  ["containers-reach-each-other", "medium", /icc is on/, { bridge: { icc: true } }],
  ["no-seccomp-support", "high", /seccomp/, { info: info({ SecurityOptions: without("seccomp") }) }],
  [
    "unconfined-by-default",
    "high",
    /unconfined/,
    { info: info({ SecurityOptions: [...without("seccomp"), "name=seccomp,profile=unconfined"] }) },
  ],
  ["no-access-control", "low", /neither/, { info: info({ SecurityOptions: ["name=seccomp,profile=default", "name=userns"] }) }],
  ["new-privileges-by-default", "low", /off/, { configuration: { ...configuration(), noNewPrivileges: false } }],
  ["no-default-ulimits", "low", /none/, { configuration: { ...configuration(), defaultUlimits: [] } }],
  ["userland-proxy", "low", /on/, { configuration: { ...configuration(), userlandProxy: true } }],
  ["no-live-restore", "low", /off/, { info: info({ LiveRestoreEnabled: false }) }],
  ["experimental", "low", /on/, { info: info({ ExperimentalBuild: true }) }],
  ["known-escapes", "high", /^containerd 1.4.2: CVE-2020-15257$/, { versions: { containerd: "1.4.2" } }],
];

function configuration() {
  const facts = hardenedEngine().configuration;
  if ("unseen" in facts) throw new Error(facts.unseen);
  return facts;
}

function without(option: string): string[] {
  return info().SecurityOptions.filter((one) => !one.startsWith(`name=${option}`));
}

const told = ({ findings }: ReturnType<typeof auditedWith>) =>
  findings.map(({ check, severity, seen }) => [check, severity, seen]);

describe("a container that lacks one thing", () => {
  test.each(CONTAINERS)("%s: %s, %s", (check, severity, seen, changes) => {
    expect(told(auditedWith({ containers: [hardenedContainer(changes)] }))).toEqual([[check, severity, seen]]);
  });

  test("has the engine's socket by whatever name and folder the engine has it", () => {
    const engine = hardenedEngine({ socket: { path: "/srv/engine/api", mode: 0o140660 } });
    const found = (source: string, writable: boolean) =>
      told(auditedWith({ engine, containers: [hardenedContainer(bind(source, writable))] }));
    expect(found("/srv/engine/api", false)).toEqual([["engine-socket", "critical", "/srv/engine/api at /x"]]);
    expect(found("/srv/engine", true)).toEqual([["engine-socket", "critical", "/srv/engine, with /srv/engine/api in it, at /x"]]);
    expect(found("/srv/eng", true)).toEqual([]);
  });

  test("reads the host's files where the engine's socket is not known", () => {
    const engine = hardenedEngine({ socket: { unseen: "elsewhere" } });
    const { findings } = auditedWith({ engine, containers: [hardenedContainer(bind("/", false))] });
    expect(told({ findings } as ReturnType<typeof auditedWith>)).toEqual([["host-paths", "high", "/ at /x, read-only"]]);
  });

  test("that runs as root is a finding where users are not mapped, and where this one is exempt", () => {
    const rooted = hardenedContainer({ Config: { User: "" } });
    expect(told(auditedWith({ containers: [rooted] }))).toEqual([]);
    const engine = hardenedEngine({ info: info({ SecurityOptions: without("userns") }) });
    const found = auditedWith({ engine, containers: [rooted] }).findings.filter(({ check }) => check === "root-user");
    expect(found.map(({ seen }) => seen)).toEqual(["no user is set"]);
    const exempt = hardenedContainer({ Config: { User: "root" }, HostConfig: { UsernsMode: "host" } });
    expect(told(auditedWith({ containers: [exempt] })).map(([check]) => check)).toEqual(["host-users", "root-user"]);
  });

  test("gains no privileges where the engine forbids it by default, and it does not say otherwise", () => {
    expect(told(auditedWith({ containers: [hardenedContainer(host({ SecurityOpt: null }))] }))).toEqual([]);
    const engine = hardenedEngine({ configuration: { unseen: "elsewhere" } });
    const silent = auditedWith({ engine, containers: [hardenedContainer(host({ SecurityOpt: null }))] });
    expect(silent.findings.map(({ check }) => check)).toEqual(["new-privileges"]);
  });

  test.each([
    ["PASSWORD_FILE=/run/secrets/x"],
    ["PASSWORD="],
    ["TOKEN_TTL=3600"],
    ["DISABLE_PASSWORD=true"],
    ["COMPASS=north"],
    ["PWD=/root"],
  ])("has no secret in %s", (entry) => {
    expect(told(auditedWith({ containers: [hardenedContainer({ Config: { Env: [entry] } })] }))).toEqual([]);
  });

  test("what it has of its image is the image's finding", () => {
    const Env = ["SECRET=hunter22"];
    const both = auditedWith({ containers: [hardenedContainer({ Config: { Env } })], images: [hardenedImage({ Env })] });
    expect(both.findings.map(({ check, target }) => [check, target.kind])).toEqual([["secrets-in-image", "image"]]);
  });

  test("no value of a secret is anywhere in what is told", () => {
    const Env = ["SECRET=hunter22", "DSN=amqp://me:hunter22@mq/", "X=-----BEGIN PRIVATE KEY-----hunter22"];
    const image = hardenedImage({ Env }, ["|1 TOKEN=hunter22 /bin/sh -c x"]);
    const output = auditedWith({
      containers: [hardenedContainer({ Config: { Env: [...Env, "PASS=hunter22"] } })],
      images: [image],
    });
    expect(output.findings).toHaveLength(5);
    expect(JSON.stringify(output)).not.toContain("hunter22");
  });
});

describe("an image", () => {
  test.each(IMAGES)("%s: %s, %s", (check, severity, seen, image) => {
    expect(told(auditedWith({ images: [image] }))).toEqual([[check, severity, seen]]);
  });
});

describe("an engine that lacks one thing", () => {
  test.each(ENGINES)("%s: %s, %s", (check, severity, seen, changes) => {
    const { findings } = auditedWith({ engine: hardenedEngine(changes), containers: [], images: [] });
    expect(told({ findings } as ReturnType<typeof auditedWith>)).toEqual([[check, severity, expect.stringMatching(seen)]]);
  });

  test("of which something is not known has that among what was not seen, and no finding", () => {
    const unseen = { unseen: "GET /info is forbidden" };
    const engine = hardenedEngine({ info: unseen, configuration: unseen, bridge: unseen, socket: unseen, versions: {} });
    const output = auditedWith({ engine, containers: [], images: [] });
    expect(output.findings).toEqual([]);
    expect(output.unseen.map(({ check }) => check)).toEqual(DAEMON_CHECKS.map(({ id }) => id));
  });

  test.each([
    ["Engine", "25.0.1", []],
    ["Engine", "26.1.4", ["authorization"]],
  ])("%s %s with the plugins %j", (name, version, Authorization) => {
    const engine = hardenedEngine({ versions: { [name]: version }, info: info({ Plugins: { Authorization } }) });
    const ids = auditedWith({ engine, containers: [], images: [] }).findings.map(({ seen }) => /CVE-\d+-\d+/.exec(seen)?.[0]);
    expect(ids).toEqual(Authorization.length === 0 ? ["CVE-2024-23651"] : ["CVE-2024-41110", "CVE-2026-34040"]);
  });

  test("whose versions are a distribution's is told with less certainty", () => {
    const engine = hardenedEngine({ versions: { runc: "1.1.5+ds1", kernel: "5.10.0-28-amd64" } });
    const { findings } = auditedWith({ engine, containers: [], images: [] });
    expect(findings.map(({ severity, confidence, seen }) => [severity, confidence, /CVE-\d+-\d+/.exec(seen)?.[0]])).toEqual([
      ["medium", "version number of a distribution", "CVE-2024-21626"],
      ["medium", "version number of a distribution", "CVE-2025-31133"],
      ["medium", "version number of a distribution", "CVE-2026-119101"],
      ["medium", "version number of a distribution", "CVE-2022-0185"],
      ["medium", "version number of a distribution", "CVE-2022-0847"],
      ["medium", "version number of a distribution", "CVE-2026-31431"],
    ]);
  });
});

test("Podman is not asked for settings of a daemon that it does not have", () => {
  const engine = hardenedEngine({
    info: info({ LiveRestoreEnabled: false, ExperimentalBuild: true }),
    versions: { "Podman Engine": "4.3.1" },
    configuration: { unseen: "no dockerd" },
  });
  const { findings, unseen } = auditedWith({ engine });
  expect(findings).toEqual([]);
  expect(unseen.map(({ check }) => check)).toEqual(["known-escapes"]);
});

test("a hardened engine, image and container have no finding, and everything was looked at", () => {
  const { findings, unseen, counts } = auditedWith();
  expect({ findings, unseen }).toEqual({ findings: [], unseen: [] });
  expect(counts).toEqual({ critical: 0, high: 0, medium: 0, low: 0 });
});

test("each check is tried here, has an id of its own, and a section or none", () => {
  const tried = [...CONTAINERS, ...IMAGES, ...ENGINES].map(([check]) => check);
  const checks = [...DAEMON_CHECKS, ...CONTAINER_CHECKS, ...IMAGE_CHECKS];
  expect(checks.map(({ id }) => id).filter((id) => !tried.includes(id) && id !== "root-user")).toEqual([]);
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  for (const { reference } of checks) expect(reference ?? "2.1").toMatch(/^[2-5]\.\d{1,2}$/);
});
