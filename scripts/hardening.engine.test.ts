/** research/hardening on a real engine: the profile lets workloads work, and stops what it is for. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { OWNER_LABEL, owner } from "../benchmarks/edges/host/owner.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";

const { found } = engineAndFolder("hardening");
const PROFILE = readFileSync(new URL("../research/hardening/seccomp.json", import.meta.url), "utf8");

/** As compose.yaml has it. */
const CONFINED = {
  ...{ CapDrop: ["ALL"], ReadonlyRootfs: true, Tmpfs: { "/tmp": "size=16m,noexec,nosuid,nodev" }, PidsLimit: 100 },
  ...{ Memory: 256 << 20, MemorySwap: 256 << 20, NanoCpus: 5e8, SecurityOpt: ["no-new-privileges:true", `seccomp=${PROFILE}`] },
};

async function ran(script: string, HostConfig: object, User = ""): Promise<{ code: number; said: string }> {
  const { docker } = found.engine;
  const container = await docker.createContainer({
    ...{ Image: found.small, Cmd: ["sh", "-c", script], User, Labels: { [OWNER_LABEL]: owner }, HostConfig },
  });
  try {
    await container.start();
    const { StatusCode } = (await container.wait()) as { StatusCode: number };
    const logs = (await container.logs({ stdout: true, stderr: true })) as unknown as Buffer;
    return { code: StatusCode, said: logs.toString("latin1").replaceAll(/[^\n -~]/g, "") };
  } finally {
    await container.remove({ force: true, v: true });
  }
}

/**
 * One line each; the last of each is printed by what worked. The FIFO is opened by a program that has no
 * children: BusyBox's shell, first process and so heir of what ran in the background, gives up when one of
 * those ends while it opens ("Interrupted system call").
 */
const WORKLOADS = {
  "a shell's pipeline, with a FIFO and a process in the background":
    "cd /tmp && mkfifo f && (seq 1 1000 | sort -rn | head -1 >f &) && n=$(cat f) && wait && echo done $n",
  "files: written, linked, renamed, packed, compressed and removed":
    "cd /tmp && dd if=/dev/zero of=a bs=1k count=64 2>/dev/null && ln -s a l && mv a b && tar cf - b | gzip >c && rm b l && echo done $(gzip -dc c | wc -c)",
  "a server and its client":
    "cd /tmp && echo hello >index.html && httpd -p 8080 -h /tmp && wget -qO- http://127.0.0.1:8080/index.html",
} as const;
const ANSWERS = ["done 1000", /^done \d{5}/m, "hello"] as const;

describe("seccomp.json", () => {
  it("and the rest of compose.yaml let three workloads work", async () => {
    const all = await Promise.all(Object.values(WORKLOADS).map((script) => ran(script, CONFINED, "1000:1000")));
    for (const [index, { code, said }] of all.entries()) {
      expect(code, said).toBe(0);
      expect(said).toMatch(ANSWERS[index] as string | RegExp);
    }
  });

  it("stops what even root with these capabilities may not do, and nothing but the profile does", async () => {
    const attempts = [
      "unshare -m true",
      "unshare -U true",
      "mount -t tmpfs x /tmp",
      "mknod /tmp/d c 1 3",
      "chroot / true",
      "mkfifo /tmp/f",
    ];
    const script = attempts.map((attempt) => `${attempt} 2>/dev/null; echo "$? ${attempt}"`).join("; ");
    const capable = { CapAdd: ["SYS_ADMIN", "MKNOD", "SYS_CHROOT"] };
    const codes = ({ said }: { said: string }) =>
      attempts.map((attempt) => new RegExp(`^(\\d+) ${attempt.replaceAll("/", "\\/")}$`, "m").exec(said)?.[1] !== "0");
    const without = await ran(script, { ...capable, SecurityOpt: ["seccomp=unconfined", "apparmor=unconfined"] });
    expect(codes(without)).toEqual([false, false, false, false, false, false]);
    const withIt = await ran(script, { ...capable, SecurityOpt: [`seccomp=${PROFILE}`, "apparmor=unconfined"] });
    expect(codes(withIt)).toEqual([true, true, true, true, true, false]);
  });
});
