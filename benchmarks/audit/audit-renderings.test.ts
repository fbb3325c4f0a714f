import { readFileSync } from "node:fs";
import width from "string-width";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { auditedWith, hardenedContainer, hardenedEngine, hardenedImage, info } from "../testing/audited.ts";
import type { AuditOutput } from "./audit-output.ts";
import { auditSarif } from "./audit-sarif.ts";
import { auditScreen } from "./audit-screen.ts";
import { auditLines } from "./audit-text.ts";

const container = (name: string, changes: Parameters<typeof hardenedContainer>[0]) => ({
  ...hardenedContainer(changes),
  ...{ Name: `/${name}`, Id: name.padEnd(64, "0") },
});

const OPEN_ENGINE = hardenedEngine({
  info: info({ SecurityOptions: ["name=seccomp,profile=default"], LiveRestoreEnabled: false }),
  versions: { Engine: "20.10.24+dfsg1", containerd: "1.6.20~ds1", runc: "1.1.5+ds1", kernel: "6.18.44" },
  bridge: { icc: true },
  configuration: { unseen: "no process dockerd is seen here (a container, or another user's with hidepid?)" },
});

const usual = { CapDrop: null, SecurityOpt: null, ReadonlyRootfs: false, Memory: 0, PidsLimit: null, NanoCpus: 0 };
const USUAL = auditedWith({
  engine: OPEN_ENGINE,
  containers: [
    container("ci-runner", {
      HostConfig: { ...usual, Privileged: true },
      Mounts: [{ Type: "bind", Source: "/var/run/docker.sock", Destination: "/var/run/docker.sock", RW: true, Propagation: "" }],
      Config: { User: "" },
    }),
    container("db", {
      HostConfig: { ...usual, Memory: 1 << 30 },
      Config: { User: "", Image: "postgres", Env: ["POSTGRES_PASSWORD=x1y2"] },
    }),
    container("web", {
      HostConfig: usual,
      Ports: { "80/tcp": [{ HostIp: "0.0.0.0", HostPort: "80" }] },
      Config: { User: "", Image: "nginx" },
    }),
  ],
  images: [
    { ...hardenedImage({ User: "" }), RepoTags: ["nginx:latest"] },
    { ...hardenedImage({ User: "" }), RepoTags: ["postgres:latest"] },
  ],
  lost: [{ target: { kind: "container", id: "f".repeat(64), name: "job-7" }, reason: "it was removed while it was looked at" }],
});

function oneScreen(output: AuditOutput, columns: number): string {
  const text = auditScreen(output, { columns, lines: 40, unicode: true, colour: false });
  const lines = text.split("\n").slice(0, -1);
  expect(lines.filter((line) => width(line) > columns)).toEqual([]);
  expect(lines.length).toBeLessThanOrEqual(40);
  return text;
}

describe("the screen", () => {
  test("of a usual host has the worst first, and what to do about it", async () => {
    const text = oneScreen(USUAL, 80);
    expect(text.indexOf("privileged container: ci-runner")).toBeLessThan(text.indexOf("secrets in the environment: db"));
    await expect(text).toMatchFileSnapshot("../../scripts/fixtures/screens/golden/audit.usual.txt");
  });

  test("of a hardened host says so", () => {
    expect(oneScreen(auditedWith(), 80)).toMatch(/^Nothing found in the engine, 1 running container and 1 image.\n/);
  });

  test.each([40, 80, 120])("of a host with every kind of finding in 200 containers is one of %i columns, too", (columns) => {
    const worst = Array.from({ length: 200 }, (_, index) =>
      container(`a-container-with-a-long-name-${index}\u001b[31m`, {
        HostConfig: {
          ...{ ...usual, CapAdd: ["SYS_ADMIN", "NET_ADMIN", "IPC_LOCK"], PidMode: "host", NetworkMode: "host", IpcMode: "host" },
          ...{
            UTSMode: "host",
            SecurityOpt: ["seccomp=unconfined"],
            Devices: [{ PathOnHost: "/dev/sda" }, { PathOnHost: "/dev/fuse" }],
          },
        },
        Mounts: ["/", "/etc", "/root/.ssh"].flatMap((Source) =>
          [true, false].map((RW) => ({ Type: "bind", Source, Destination: "/x", RW, Propagation: "shared" })),
        ),
        Config: { User: "", Image: "x", Env: ["PASSWORD=abcdef"] },
      }),
    );
    const text = oneScreen(auditedWith({ engine: OPEN_ENGINE, containers: worst }), columns);
    expect(text).not.toContain("\u001b");
    expect(text).toContain("--full");
  });
});

test("the full text has each finding with what was seen, why, what to do and its section, and what was not seen", () => {
  const text = auditLines(USUAL).join("\n");
  expect(text).toContain(
    "critical container ci-runner: privileged container [privileged]\n         seen: --privileged\n         why: ",
  );
  expect(text).toContain("(CIS Docker Benchmark 1.6.0, 5.5)");
  expect(text).toContain("not seen job-7: it was removed while it was looked at");
  expect(text).toContain("not seen engine [userland-proxy]: no process dockerd");
  expect(text).not.toContain("x1y2");
});

test("SARIF names each rule once, and each result's rule by its place", () => {
  const { runs } = JSON.parse(JSON.stringify(auditSarif(USUAL, "1.2.3")));
  const [{ tool, results, invocations }] = runs;
  expect(new Set(tool.driver.rules.map(({ id }: { id: string }) => id)).size).toBe(tool.driver.rules.length);
  expect(results).toHaveLength(USUAL.findings.length);
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
  expect(
    new Set(results.map(({ partialFingerprints }: { partialFingerprints: object }) => JSON.stringify(partialFingerprints))).size,
  ).toBe(results.length);
  expect(invocations[0].toolExecutionNotifications).toHaveLength(USUAL.unseen.length);
});

test("SARIF is valid by its published schema, and a change of it is not", () => {
  const file = new URL("../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json", import.meta.url);
  // zod takes a reference, which may be relative, for a whole address.
  const text = readFileSync(file, "utf8").replaceAll('"format": "uri-reference"', '"minLength": 1');
  const schema = z.fromJSONSchema(JSON.parse(text));
  for (const output of [USUAL, auditedWith()]) {
    const sarif = JSON.parse(JSON.stringify(auditSarif(output, "1.2.3")));
    expect(schema.safeParse(sarif).error?.issues ?? []).toEqual([]);
    sarif.runs[0].tool.driver.rules[0].shortDescription = "a text";
    expect(schema.safeParse(sarif).success).toBe(false);
  }
});
