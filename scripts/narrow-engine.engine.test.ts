/** Engines as people have them: behind a proxy that forbids, holds back or cuts off; chosen in one of several ways. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Narrowness, openNarrowProxy } from "../benchmarks/testing/narrow-proxy.ts";
import { openProxy } from "../benchmarks/testing/proxy.ts";
import { begin, type Ended, errorLines, tierbenchHere } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";

const { found, folder } = engineAndFolder("narrow");
const socket = (): string => found.url.slice("unix://".length);

const behind = (narrow: Narrowness) => openNarrowProxy(socket(), join(mkdtempSync(join(folder, "proxy-")), "p.sock"), narrow);
/** Whatever the tests themselves run in names no engine. */
const UNCHOSEN = { DOCKER_HOST: "", DOCKER_CONTEXT: "", DOCKER_TLS_VERIFY: "", DOCKER_CONFIG: folder };
const trace = (env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> =>
  tierbenchHere(["trace", "--network", "host", "small", "--format", "json", "--probe", "events", ...args], {
    ...UNCHOSEN,
    ...env,
  });
const totalOf = ({ code, stdout, stderr }: Ended): number | null => {
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout).starts[0].total_ns as number | null;
};

describe("a proxy before the engine", () => {
  it("that withholds headers holds nothing up", async () => {
    await using proxy = await behind({ withholds: true });
    expect(totalOf(await trace({ DOCKER_HOST: proxy.url }, "--", "echo", "hi"))).toBeGreaterThan(0);
  });

  it("that never answers one question lets go at once when it is interrupted", async () => {
    await using proxy = await behind({ swallows: /GET .*\/info/ });
    const { child, ended, errors } = begin(["doctor"], { ...UNCHOSEN, DOCKER_HOST: proxy.url });
    await expect.poll(errors, { timeout: 60_000 }).toContain("Waiting for the engine");
    child.kill("SIGTERM");
    expect((await ended).code).toBe(130);
  });

  it("that forbids what can be done without is named, and the start is measured", async () => {
    await using proxy = await behind({ forbids: /GET .*\/(events|info|version|networks)/ });
    const ended = await trace({ DOCKER_HOST: proxy.url }, "--", "echo", "hi");
    expect(totalOf(ended)).toBeGreaterThan(0);
    expect(ended.stderr).toContain("GET /events is forbidden on this engine (code 403: 403 Forbidden By rule.)");
    expect(ended.stderr).toContain("Allow it there (docker-socket-proxy: EVENTS=1)");
    expect(ended.stderr).toContain("docker-socket-proxy: INFO=1");
  });

  it.each([
    ["GET .*/images/", "GET /images/tierbench/small:1/json is forbidden", "IMAGES=1)"],
    ["POST .*/containers/create", "POST /containers/create is forbidden", "CONTAINERS=1 and POST=1)"],
    ["POST .*/start", "/start is forbidden", "CONTAINERS=1 and POST=1)"],
    ["POST .*/attach", "/attach is forbidden", "CONTAINERS=1 and POST=1)"],
    ["POST .*/wait", "/wait is forbidden", "CONTAINERS=1 and POST=1)"],
  ])("that forbids %s is named with the call", async (forbids, call, allow) => {
    await using proxy = await behind({ forbids: new RegExp(forbids) });
    const ended = await tierbenchHere(["trace", "--network", "host", "small", "--probe", "events", "--", "sleep", "0.1"], {
      ...UNCHOSEN,
      DOCKER_HOST: proxy.url,
    });
    expect(ended.code).toBe(1);
    expect(ended.stdout + ended.stderr).toContain(call);
    expect(ended.stdout + ended.stderr).toContain(allow);
  });

  it("that takes URLs of 8 KB sees long commands in the body", async () => {
    await using proxy = await behind({ longestUrl: 8_192 });
    const long = `echo hi; : ${"x".repeat(9_000)}`;
    expect(totalOf(await trace({ DOCKER_HOST: proxy.url }, "--", "sh", "-c", long))).toBeGreaterThan(0);
  });

  it("is no reason for a limit: ten arguments of 120 000 bytes start", async () => {
    const many = Array.from({ length: 10 }, () => "x".repeat(120_000));
    expect(totalOf(await trace({}, "--engine", found.url, "--", "echo", ...many))).toBeGreaterThan(0);
  });
});

describe("the engine that was chosen", () => {
  const context = (name: string, host: string): NodeJS.ProcessEnv => {
    const config = mkdtempSync(join(folder, "config-"));
    const id = createHash("sha256").update(name).digest("hex");
    mkdirSync(join(config, "contexts/meta", id), { recursive: true });
    writeFileSync(
      join(config, "contexts/meta", id, "meta.json"),
      JSON.stringify({ Name: name, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } }),
    );
    writeFileSync(join(config, "config.json"), JSON.stringify({ currentContext: name }));
    return { DOCKER_CONFIG: config };
  };

  it("by a docker context is that one or none: a dead one is named", async () => {
    const dead = context("desk", "unix:///no/such/docker.sock");
    for (const env of [dead, { ...dead, DOCKER_CONTEXT: "desk" }]) {
      const ended = await trace(env, "--", "echo", "hi");
      expect(ended.code).toBe(1);
      expect(errorLines(ended)).toEqual([
        expect.stringMatching(/the docker context "desk" \(.*\) is chosen, and the Docker engine at unix:\/\/\/no\/such/),
      ]);
    }
    const doctor = await tierbenchHere(["doctor", "--full"], { ...UNCHOSEN, ...dead });
    expect(doctor.code).toBe(1);
    expect(doctor.stdout).toMatch(/NO {2}Docker engine: the docker context "desk"/);
    const unknown = await trace({ ...dead, DOCKER_CONTEXT: "nobody" }, "--", "echo", "hi");
    expect(errorLines(unknown).join()).toContain('the docker context "nobody" (DOCKER_CONTEXT) cannot be found');
  });

  it("by --engine alone counts, whatever DOCKER_* says", async () => {
    for (const env of [
      { DOCKER_HOST: "tcp://10.1.2.3:2376", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: "/nonexistent" },
      { DOCKER_HOST: "not a url", DOCKER_CLIENT_TIMEOUT: "1" },
      context("desk", "unix:///no/such/docker.sock"),
    ])
      expect(totalOf(await trace(env, "--engine", found.url, "--", "echo", "hi"))).toBeGreaterThan(0);
    const used = await trace({ DOCKER_HOST: "not a url" }, "--", "echo", "hi");
    expect(used.code).toBe(2);
    expect(errorLines(used)).toEqual([expect.stringContaining('DOCKER_HOST: engine URL "not a url" is not understood')]);
  });

  it("over TCP has timeouts in seconds", async () => {
    await using proxy = await openProxy(socket());
    const env = { DOCKER_HOST: `tcp://127.0.0.1:${proxy.port}/`, DOCKER_CLIENT_TIMEOUT: "120", COMPOSE_HTTP_TIMEOUT: "120" };
    expect(totalOf(await trace(env, "--", "echo", "hi"))).toBeGreaterThan(0);
  });

  it("over TCP on an IPv6 address is reached", async () => {
    await using proxy = await openProxy(socket(), undefined, undefined, "::1");
    const env = { DOCKER_HOST: `tcp://[::1]:${proxy.port}` };
    expect(totalOf(await trace(env, "--", "echo", "hi"))).toBeGreaterThan(0);
  });
});

describe("somebody who is not root on the engine's host", () => {
  const NOBODY = "setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent";
  const traceAs = (who: string, engine: string, ...args: string[]): Promise<Ended> =>
    begin(
      ["trace", "--network", "host", "small", "--engine", engine, ...args, "--", "echo", "hi"],
      UNCHOSEN,
      undefined,
      `exec ${who} "$0" "$@"`,
    ).ended;

  it("who may not use the engine's socket is told what to do, and who may gets a start", async () => {
    chmodSync(folder, 0o711);
    await using proxy = await behind({});
    const file = proxy.url.slice("unix://".length);
    chmodSync(dirname(file), 0o711);
    chmodSync(file, 0o600);
    const refused = await traceAs(NOBODY, proxy.url);
    expect(refused.code).toBe(1);
    expect(errorLines(refused)).toEqual([
      expect.stringContaining("permission denied on the socket: add yourself to the docker group, or run as root"),
    ]);
    chmodSync(file, 0o666);
    const admitted = await traceAs(NOBODY, proxy.url, "--no-sidecar");
    expect(admitted.code, admitted.stderr).toBe(0);
    expect(admitted.stderr).toContain("probe events (no kernel probe: tracefs: tracing the kernel needs root");
  });

  it("who is on a host of another name watches through the helper", async () => {
    const elsewhere = `unshare --uts sh -c 'hostname ci-job-42; exec "$0" "$@"'`;
    const ended = await traceAs(elsewhere, found.url);
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stderr).toContain("probe sidecar (the best available; tracefs: the engine has another kernel or clock");
  });
});

describe("a start that fails", () => {
  const failing = (...command: string[]): Promise<Ended> =>
    tierbenchHere(
      ["trace", "--network", "host", "small", "--probe", "events", "--engine", found.url, "--", ...command],
      UNCHOSEN,
    );

  it("shows the code and the container's last words", async () => {
    const ended = await failing("sh", "-c", 'echo "config.yml: no such file" >&2; exit 78');
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain("the container exited with code 78: config.yml: no such file");
  });

  it("names the call, the code and what to do", async () => {
    const ended = await failing("no-such-program");
    expect(ended.stdout).toMatch(/POST \/containers\/[0-9a-f]{12}\/start failed with code 400: .*no-such-program/);
    expect(ended.stdout).toContain("check the command: the image has no such program");
  });

  it("for another processor names both", async () => {
    const program = join(folder, "echo");
    // The head of an ELF executable for arm64 (e_machine 183), which no x86 and no arm64 kernel gets further than.
    const elf = Buffer.alloc(64);
    elf.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
    elf.set([2, 0, 183, 0, 1], 16);
    writeFileSync(program, elf, { mode: 0o755 });
    const tar = execFileSync("tar", ["-c", "-C", folder, "echo"]);
    const importing = await found.engine.docker.importImage(tar as unknown as string, { repo: "tierbench-test:arm64" } as never);
    await new Promise((resolve) => (importing as unknown as NodeJS.ReadableStream).on("end", resolve).resume());
    try {
      const args = ["trace", "tierbench-test:arm64", "--probe", "events", "--engine", found.url, "--", "/echo"];
      const ended = await tierbenchHere(args, UNCHOSEN);
      expect(ended.stdout).toContain("exec format error");
      expect(ended.stdout).toMatch(/are both for (amd64|arm64): the program is for another processor|use an image for/);
    } finally {
      await found.engine.docker.getImage("tierbench-test:arm64").remove();
    }
  });
});
