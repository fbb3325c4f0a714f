/** `audit` on a real engine: containers that fail each check and one that passes all, and an engine that is not changed. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { audit } from "../benchmarks/audit/audit.ts";
import type { AuditOutput } from "../benchmarks/audit/audit-output.ts";
import { containerFacts } from "../benchmarks/audit/facts.ts";
import { OWNER_LABEL, owner } from "../benchmarks/edges/host/owner.ts";
import { hardenedEngine } from "../benchmarks/testing/audited.ts";
import { openNarrowProxy } from "../benchmarks/testing/narrow-proxy.ts";
import { tierbenchHere } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";
import { engineState } from "./testing/engine-state.ts";

const { found, folder } = engineAndFolder("audit");
const SECRET = "correct-horse-battery";

type Json = Record<string, unknown>;
const names: string[] = [];

async function make(name: string, config: Json, HostConfig: Json) {
  const container = await found.engine.docker.createContainer({
    ...{ name: `tierbench-audit-${name}`, Image: found.small, Cmd: ["sleep", "600"], Labels: { [OWNER_LABEL]: owner } },
    ...config,
    HostConfig,
  });
  names.push(container.id);
  return container;
}

const bind = (source: string, target: string, how: string): string => `${source}:${target}:${how}`;

/** Everything that one container can do wrong at once; what this engine's host does not start is only made. */
const OPEN: Json = {
  ...{ PidMode: "host", IpcMode: "host", UTSMode: "host", CapAdd: ["SYS_ADMIN", "NET_ADMIN"] },
  ...{ SecurityOpt: ["seccomp=unconfined", "label=disable"], PublishAllPorts: true },
  Devices: [{ PathOnHost: "/dev/null", PathInContainer: "/dev/x", CgroupPermissions: "r" }],
};
const HARDENED: Json = {
  ...{ CapDrop: ["ALL"], SecurityOpt: ["no-new-privileges"], ReadonlyRootfs: true, Tmpfs: { "/tmp": "" } },
  ...{ Memory: 32 << 20, PidsLimit: 20, NanoCpus: 5e8, PortBindings: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "" }] } },
};

beforeAll(async () => {
  const socket = found.url.slice("unix://".length);
  mkdirSync(join(folder, "own"));
  const ports = { ExposedPorts: { "80/tcp": {} } };
  const open = await make(
    "open",
    { ...ports, Env: [`DB_PASSWORD=${SECRET}`] },
    { ...OPEN, Binds: [bind(socket, "/s", "ro"), bind("/etc", "/host-etc", "rw"), bind("/run", "/r", "ro")] },
  );
  const host = await make("host-network", {}, { NetworkMode: "host" });
  const hardened = await make(
    "hardened",
    { ...ports, User: "1000:1000" },
    { ...HARDENED, Binds: [bind(join(folder, "own"), "/own", "rw")] },
  );
  for (const container of [open, host, hardened]) await container.start();
});
afterAll(async () => {
  for (const id of names) await found.engine.docker.getContainer(id).remove({ force: true, v: true });
});

const run = (...args: string[]) => tierbenchHere(["audit", "--engine", found.url, ...args]);
const checksOf = ({ findings }: AuditOutput, name: string): string[] =>
  [...new Set(findings.filter(({ target }) => target.name === `tierbench-audit-${name}`).map(({ check }) => check))].toSorted();

describe("audit", () => {
  it("finds what is open, nothing in what is hardened, and leaves the engine as it was", async () => {
    const before = await engineState(found.engine.docker);
    const { code, stdout, stderr } = await run("--format", "json");
    expect(await engineState(found.engine.docker)).toEqual(before);
    expect([code, stderr]).toEqual([0, ""]);
    const output = JSON.parse(stdout) as AuditOutput;
    expect(checksOf(output, "open")).toEqual(
      [
        ...["added-capabilities", "engine-socket", "host-devices", "host-ipc", "host-name", "host-paths", "host-processes"],
        ...["new-privileges", "no-cpu-limit", "no-memory-limit", "no-process-limit", "no-seccomp", "published-everywhere"],
        ...["root-user", "secrets-in-environment", "usual-capabilities", "writable-root"],
      ].toSorted(),
    );
    expect(checksOf(output, "host-network")).toContain("host-network");
    expect(checksOf(output, "hardened")).toEqual([]);
    expect(stdout).not.toContain(SECRET);
    expect(output.findings.filter(({ check, target }) => check === "root-image" && target.name === found.small)).toHaveLength(1);
    // The private engine has no configuration.
    const engine = output.findings.filter(({ target }) => target.kind === "engine").map(({ check }) => check);
    expect(engine).toEqual(expect.arrayContaining(["no-user-mapping", "containers-reach-each-other", "no-live-restore"]));
    expect(engine).toEqual(expect.arrayContaining(["new-privileges-by-default", "no-default-ulimits", "userland-proxy"]));
    expect(engine).not.toContain("open-api");
    expect(engine).not.toContain("open-socket");
    expect(output.unseen).toEqual([]);
    expect(Object.keys(output.engine.versions)).toEqual(expect.arrayContaining(["Engine", "containerd", "runc", "kernel"]));
  });

  it("reads what the engine says of containers that this host does not start", async () => {
    const privileged = await make(
      "privileged",
      {},
      { Privileged: true, UsernsMode: "host", Binds: [bind("/srv", "/s", "ro,rshared")] },
    );
    const facts = containerFacts.parse(await privileged.inspect());
    const { findings } = audit({ engine: hardenedEngine(), containers: [facts], images: [], lost: [] }, "");
    const checks = findings.map(({ check }) => check);
    expect(checks).toEqual(expect.arrayContaining(["privileged", "host-users", "shared-mounts"]));
    expect(checks).not.toContain("added-capabilities");
    const latest = containerFacts.parse({ ...(await privileged.inspect()), Config: { Image: "small" } });
    expect(
      audit({ engine: hardenedEngine(), containers: [latest], images: [], lost: [] }, "").findings.map(({ check }) => check),
    ).toContain("latest-image");
  });

  it("is one screen, and its exit code 3 from the severity on that is named", async () => {
    const { code, stdout, stderr } = await run("--fail-on", "critical");
    expect(code).toBe(3);
    expect(stderr).toMatch(/^--fail-on critical: \d+ findings are as bad or worse\n$/);
    expect(stdout.split("\n").length - 1).toBeLessThanOrEqual(40);
    expect(stdout).toContain("an engine's socket is mounted: tierbench-audit-open");
    const full = await run("--full");
    expect(full.stdout).toContain("seen: --pid host");
  });

  it("says what it could not look at: a container that cannot be inspected, an engine's own settings behind a proxy", async () => {
    const id = names[0] as string;
    await using proxy = await openNarrowProxy(found.url.slice("unix://".length), join(folder, "p.sock"), {
      forbids: new RegExp(`/containers/${id}/json|/info`),
    });
    const { code, stdout } = await tierbenchHere(["audit", "--engine", proxy.url, "--format", "json"]);
    expect(code).toBe(0);
    const { unseen, findings } = JSON.parse(stdout) as AuditOutput;
    expect(unseen).toContainEqual(
      expect.objectContaining({
        check: null,
        target: expect.objectContaining({ id }),
        reason: expect.stringContaining("is forbidden"),
      }),
    );
    expect(unseen.map(({ check }) => check)).toEqual(expect.arrayContaining(["no-live-restore", "userland-proxy"]));
    expect(findings.map(({ target }) => target.name)).not.toContain("tierbench-audit-open");
  });
});
