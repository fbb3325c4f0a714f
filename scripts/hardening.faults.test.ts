/** research/hardening as it is: daemon.json on an engine of its own, compose.yaml by docker-compose, AppArmor's parser, and larger workloads. */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditOutput } from "../benchmarks/audit/audit-output.ts";
import { provideImages } from "../benchmarks/testing/prepare-engines.ts";
import { tierbench } from "./testing/command.ts";
import { SHOW_PACKAGES, unpackPackages } from "./testing/unpacked-packages.ts";

const hardening = fileURLToPath(new URL("../research/hardening/", import.meta.url));
const script = fileURLToPath(new URL("engine", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tb-hard-"));
const env = {
  ...process.env,
  ...{ TIERBENCH_ENGINE_ROOT: join(folder, "en"), TIERBENCH_ENGINE_CONFIG: join(hardening, "daemon.json") },
};
const packages = join(folder, "tools", "packages");
let url: string;

beforeAll(async () => {
  chmodSync(folder, 0o711); // mapped users walk through it
  // userns-remap makes a user: in a copy of /etc, which this engine alone sees.
  cpSync("/etc", join(folder, "etc"), { recursive: true, verbatimSymlinks: true });
  const start = `set -e; mount --bind ${folder}/etc /etc; exec ${script} start`;
  url = execFileSync("unshare", ["-m", "sh", "-c", start], { env, encoding: "utf8" }).trim();
  await provideImages(url);
  mkdirSync(join(folder, "tools"));
  unpackPackages(join(folder, "tools"), ["docker-compose", "apparmor"]);
}, 900_000);
afterAll(() => {
  execFileSync(script, ["stop"], { env, stdio: "pipe" });
  rmSync(folder, { recursive: true, force: true });
});

/** With the unpacked packages at their usual place. */
const within = (words: string, variables: NodeJS.ProcessEnv = {}): string =>
  execFileSync("unshare", ["-m", "sh", "-c", `set -e; ${SHOW_PACKAGES}; ${words}`], {
    ...{ cwd: hardening, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
    env: { ...process.env, PATH: `${packages}/sbin:${process.env.PATH}`, PACKAGES: packages, DOCKER_HOST: url, ...variables },
  });
/** Of the one service, by the file alone. */
const composed = (image: string, command: string): string =>
  within(`docker-compose --project-name tb-hardening run --rm -T app sh -c '${command}'`, { IMAGE: image });

describe("daemon.json", () => {
  it("leaves no finding of the engine but what its kernel and its versions are", async () => {
    const { code, stdout, stderr } = await tierbench(["audit", "--engine", url, "--format", "json"]);
    expect(code, stderr).toBe(0);
    const { findings, unseen } = JSON.parse(stdout) as AuditOutput;
    const own = findings.filter(({ target }) => target.kind === "engine").map(({ check }) => check);
    expect(own.filter((check) => !["no-access-control", "known-escapes"].includes(check))).toEqual([]);
    expect(unseen).toEqual([]);
  });
});

describe("compose.yaml", () => {
  afterAll(() => {
    within("docker-compose --project-name tb-hardening down --volumes", { IMAGE: "x" });
  });

  it("runs a shell, nginx and Python, confined", () => {
    expect(
      composed("tierbench/small:1", "id -u; touch /x 2>/dev/null || echo read-only; grep Seccomp: /proc/self/status"),
    ).toMatch(/1000\nread-only\nSeccomp:\s2/);
    const nginx = [
      "cd /tmp; mkdir l; echo hello >index.html",
      'printf "pid /tmp/p; error_log /tmp/l/e; events {} http { access_log off; client_body_temp_path /tmp/a; proxy_temp_path /tmp/b; fastcgi_temp_path /tmp/c; uwsgi_temp_path /tmp/d; scgi_temp_path /tmp/e; server { listen 8080; root /tmp; } }" >n.conf',
      "nginx -e /tmp/l/e -c /tmp/n.conf",
      'bash -c "exec 3<>/dev/tcp/127.0.0.1/8080; echo GET /index.html >&3; cat <&3"',
    ].join("; ");
    expect(composed("tierbench/medium:1", nginx)).toContain("hello");
    const python =
      'import threading, socket, subprocess, hashlib; t = threading.Thread(target=lambda: None); t.start(); t.join(); a, b = socket.socketpair(); a.send(b"x"); print(subprocess.check_output(["echo", "hi"]), hashlib.sha256(b.recv(1)).hexdigest()[:4])';
    expect(composed("tierbench/large:1", `python3 -c "${python.replaceAll('"', '\\"')}"`)).toContain("b'hi\\n' 2d71");
  });

  it("denies what published escapes begin with: AF_ALG, io_uring, ptrace, keys, user namespaces", () => {
    const calls = [
      ["socket AF_ALG", "libc.socket(38, 5, 0)"],
      ["socket AF_VSOCK", "libc.socket(40, 1, 0)"],
      ["io_uring_setup", "libc.syscall(425, 1, 0)"],
      ["ptrace", "libc.ptrace(0, 0, 0, 0)"],
      ["add_key", "libc.syscall(248, 0, 0, 0, 0, 0)"],
      ["unshare", "libc.unshare(0x10000000)"],
      ["splice", "libc.syscall(275, 0, 0, 1, 0, 1, 0)"],
      ["open_by_handle_at", "libc.syscall(304, 0, 0, 0)"],
      ["bpf", "libc.syscall(321, 0, 0, 0)"],
    ] as const;
    const program = [
      "import ctypes",
      "libc = ctypes.CDLL(None, use_errno=True)",
      ...calls.map(([name, call]) => `r = ${call}; print(\\"${name}\\", r, ctypes.get_errno())`),
    ].join("; ");
    const said = composed("tierbench/large:1", `python3 -c "${program}"`);
    for (const [name] of calls) expect(said).toContain(`${name} -1 1`);
  });
});

describe("the AppArmor profile", () => {
  it("is one that AppArmor's parser takes; where the kernel has AppArmor it could be loaded, which was not tried", () => {
    within("apparmor_parser --skip-kernel-load --skip-cache docker-hardened.apparmor");
    const broken = readFileSync(join(hardening, "docker-hardened.apparmor"), "utf8").replace("network unix,", "network unixx,");
    expect(() => within(`apparmor_parser --skip-kernel-load --skip-cache <<'END'\n${broken}END`)).toThrow(/network|syntax/i);
  });
});
