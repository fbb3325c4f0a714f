import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EngineProxy, openProxy } from "../benchmarks/testing/proxy.ts";
import { errorLines, tierbenchHere } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";
import { hasIPv6, openSshd, type Sshd } from "./testing/sshd.ts";

const { found, folder } = engineAndFolder("remote");
const socket = (): string => found.url.slice("unix://".length);

/** One start, as JSON; its kernel milestones show that the helper's stream went both ways, too. */
const traced = async (engine: readonly string[], env: NodeJS.ProcessEnv) => {
  const ended = await tierbenchHere(
    ["trace", "--network", "host", "small", ...engine, "--format", "json", "--", "echo", "hello"],
    env,
  );
  expect(ended.code, ended.stderr).toBe(0);
  expect(ended.stderr).toContain("probe sidecar (");
  return JSON.parse(ended.stdout).starts[0] as { milestones: Record<string, number>; tiers: Record<string, number | null> };
};

describe("an engine behind TLS", () => {
  let proxy: EngineProxy;
  const certificates = join(folder, "certificates");
  const others = join(folder, "others");

  beforeAll(async () => {
    authority(certificates);
    authority(others);
    const read = (name: string): Buffer => readFileSync(join(certificates, name));
    proxy = await openProxy(socket(), undefined, {
      cert: read("server-cert.pem"),
      key: read("server-key.pem"),
      ca: read("ca.pem"),
      requestCert: true,
      rejectUnauthorized: true,
    });
  });
  afterAll(() => proxy?.[Symbol.asyncDispose]());
  const url = (): string => `tcp://127.0.0.1:${proxy.port}`;

  it("is reached with DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH", async () => {
    const { milestones, tiers } = await traced([], {
      DOCKER_HOST: url(),
      DOCKER_TLS_VERIFY: "1",
      DOCKER_CERT_PATH: certificates,
    });
    expect(milestones).toHaveProperty("entry_exec");
    expect(tiers.runtime_ns).toBeGreaterThan(0);
  });

  it("is reached through a docker context with certificates of its own", async () => {
    const config = join(folder, "config");
    const id = createHash("sha256").update("far").digest("hex");
    mkdirSync(join(config, "contexts/meta", id), { recursive: true });
    mkdirSync(join(config, "contexts/tls", id, "docker"), { recursive: true });
    writeFileSync(join(config, "config.json"), JSON.stringify({ currentContext: "far" }));
    const meta = { Name: "far", Endpoints: { docker: { Host: url(), SkipTLSVerify: false } } };
    writeFileSync(join(config, "contexts/meta", id, "meta.json"), JSON.stringify(meta));
    for (const name of ["ca.pem", "cert.pem", "key.pem"])
      writeFileSync(join(config, "contexts/tls", id, "docker", name), readFileSync(join(certificates, name)));
    const { milestones } = await traced([], { DOCKER_CONFIG: config, DOCKER_HOST: "", DOCKER_TLS_VERIFY: "" });
    expect(milestones).toHaveProperty("entry_exec");
  });

  it("is refused when its certificate is another's, or ours is missing", async () => {
    const stranger = await tierbenchHere(["trace", "small", "--engine", url()], {
      DOCKER_TLS_VERIFY: "1",
      DOCKER_CERT_PATH: others,
    });
    expect(stranger.code).toBe(1);
    expect(errorLines(stranger).join()).toMatch(/certificate|signature/);
    const nothing = await tierbenchHere(["trace", "small", "--engine", url()], {
      DOCKER_TLS_VERIFY: "1",
      DOCKER_CERT_PATH: folder,
    });
    expect(nothing.code).toBe(1);
    expect(errorLines(nothing)).toEqual([expect.stringContaining("ca.pem cannot be read")]);
  });

  describe("that requires no client certificate", () => {
    const asked = (args: readonly string[], env: NodeJS.ProcessEnv) =>
      tierbenchHere(["trace", "--network", "host", "small", "--probe", "events", ...args, "--", "echo", "hello"], {
        DOCKER_HOST: "",
        ...env,
      });
    const only = (from: string, ...names: string[]): string => {
      const into = mkdtempSync(join(folder, "only-"));
      for (const name of names) writeFileSync(join(into, name), readFileSync(join(from, name)));
      return into;
    };
    const context = (files: string, skip = false): NodeJS.ProcessEnv => {
      const config = mkdtempSync(join(folder, "context-"));
      const id = createHash("sha256").update("x").digest("hex");
      mkdirSync(join(config, "contexts/meta", id), { recursive: true });
      mkdirSync(join(config, "contexts/tls", id), { recursive: true });
      cpSync(files, join(config, "contexts/tls", id, "docker"), { recursive: true });
      const meta = { Name: "x", Endpoints: { docker: { Host: open(), SkipTLSVerify: skip } } };
      writeFileSync(join(config, "contexts/meta", id, "meta.json"), JSON.stringify(meta));
      return { DOCKER_CONFIG: config, DOCKER_CONTEXT: "x" };
    };
    let lenient: EngineProxy;
    const open = (): string => `tcp://127.0.0.1:${lenient.port}`;
    beforeAll(async () => {
      const read = (name: string): Buffer => readFileSync(join(certificates, name));
      lenient = await openProxy(socket(), undefined, { cert: read("server-cert.pem"), key: read("server-key.pem") });
    });
    afterAll(() => lenient?.[Symbol.asyncDispose]());

    it("is reached with its authority alone, without verification, and by a context of either kind", async () => {
      const caOnly = only(certificates, "ca.pem");
      for (const env of [
        { DOCKER_HOST: open(), DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: caOnly },
        { DOCKER_HOST: open(), DOCKER_TLS: "1", DOCKER_CERT_PATH: only(certificates) },
        context(caOnly),
        context(only(certificates), true),
      ]) {
        const ended = await asked([], env);
        expect(ended.code, ended.stderr).toBe(0);
      }
    });

    it("and another's authority is named, with what to do at the place that it came from", async () => {
      const wrong = only(others, "ca.pem");
      const environment = await asked([], { DOCKER_HOST: open(), DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: wrong });
      expect(errorLines(environment).join()).toMatch(
        /certificate is not signed by the authority in ca\.pem of .*\(DOCKER_CERT_PATH\)/,
      );
      const chosen = await asked([], context(wrong));
      expect(errorLines(chosen).join()).toMatch(/ca\.pem of the docker context "x".*docker context update x --docker/);
      expect(errorLines(chosen).join()).not.toContain("DOCKER_CERT_PATH");
    });

    it("is told apart from one that requires a client certificate", async () => {
      const plain = await asked([], {
        DOCKER_HOST: url(),
        DOCKER_TLS_VERIFY: "1",
        DOCKER_CERT_PATH: only(certificates, "ca.pem"),
      });
      expect(errorLines(plain).join()).toMatch(/it requires a client certificate/);
    });
  });

  it("named by DOCKER_HOST does not stand in for the one that --engine names", async () => {
    const env = { DOCKER_HOST: "tcp://127.0.0.1:1", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: certificates };
    const ended = await tierbenchHere(["trace", "small", "--engine", found.url, "--probe", "events", "--", "echo", "hello"], env);
    expect(ended.code, ended.stderr).toBe(0);
  });
});

describe("an engine at the other end of an ssh connection", () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await openSshd();
  }, 300_000);
  afterAll(() => sshd?.[Symbol.asyncDispose]());
  const url = (path = socket()): string => `ssh://${sshd.host}${path}`;

  it("is reached with the user's own ssh and no docker command over there, and measured through a helper", async () => {
    const { milestones, tiers } = await traced([], { DOCKER_HOST: url(), PATH: sshd.path });
    expect(milestones).toHaveProperty("entry_exec");
    expect(tiers.runtime_ns).toBeGreaterThan(0);
    await expect.poll(sshd.connections).toBe(0);
  });

  it("is reached by an IPv6 address, too", async ({ skip }) => {
    if (!hasIPv6()) skip("this machine has no ::1");
    const engine = `ssh://root@[::1]:${sshd.port}${socket()}`;
    const { code, stderr } = await tierbenchHere(["trace", "small", "--engine", engine, "--probe", "events"], {
      PATH: sshd.path,
    });
    expect(code, stderr).toBe(0);
  });

  it("that is not there, or not let in, is an error of one line with ssh's own words", async () => {
    const nowhere = await tierbenchHere(["trace", "small", "--engine", url("/run/no-such.sock")], { PATH: sshd.path });
    expect(nowhere.code).toBe(1);
    expect(errorLines(nowhere)).toEqual([
      expect.stringContaining("/run/no-such.sock on tierbench-test must be an engine's socket"),
    ]);
    const stranger = await tierbenchHere(["trace", "small", "--engine", "ssh://nobody-knows-me.invalid"], { PATH: sshd.path });
    expect(stranger.code).toBe(1);
    expect(errorLines(stranger)).toEqual([expect.stringContaining("ssh could not connect to nobody-knows-me.invalid: ")]);
  });
});

/** A certificate authority with a server's and a client's certificate, laid out as Docker expects them. */
function authority(into: string): void {
  mkdirSync(into);
  const openssl = (...args: string[]): void => void execFileSync("openssl", args, { cwd: into, stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl("req", "-x509", ...key, "-keyout", "ca-key.pem", "-out", "ca.pem", "-subj", "/CN=test authority", "-days", "2");
  for (const [name, prefix, extension] of [
    ["127.0.0.1", "server-", "subjectAltName=IP:127.0.0.1"],
    ["client", "", "extendedKeyUsage=clientAuth"],
  ] as const) {
    writeFileSync(join(into, "extensions"), `${extension}\n`);
    openssl("req", ...key, "-keyout", `${prefix}key.pem`, "-out", "request.pem", "-subj", `/CN=${name}`);
    const sign = ["-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca-key.pem", "-CAcreateserial", "-extfile", "extensions"];
    openssl("x509", "-req", ...sign, "-out", `${prefix}cert.pem`, "-days", "2");
  }
}
