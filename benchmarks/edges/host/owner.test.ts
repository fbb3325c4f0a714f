/** Whether a maker lives, asked by real processes of other users, in other namespaces, and after what looks like a reboot. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { execPath, getuid, pid } from "node:process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { owner, ownerState, ownerToken, tokenState } from "./owner.ts";

const [host = "", machine] = owner.slice(owner.indexOf("@") + 1).split(":");
/** Of a process that does not exist: ids do not get that high. */
const DEAD = `4194305.1.${ownerToken.split(".").slice(2).join(".")}`;

describe("here", () => {
  test.each([
    [owner, "alive"],
    [`${DEAD}@${host}:${machine}`, "gone"],
    // Of a container, or of a host that has been renamed: one boot is one machine.
    [`${DEAD}@another-name:${machine}`, "gone"],
    [`${ownerToken}@another-name`, "alive"],
    // The id is another process's by now.
    [`${pid}.1.${ownerToken.split(".").slice(2).join(".")}@${host}:${machine}`, "gone"],
    // Before a reboot of this machine, and of another that has its name.
    [`${ownerToken.replace(/[0-9a-f]{8}$/, "00000000")}@${host}:${machine}`, "gone"],
    [`${ownerToken.replace(/[0-9a-f]{8}$/, "00000000")}@${host}:00000000`, "elsewhere"],
    [`${ownerToken.replace(/[0-9a-f]{8}$/, "00000000")}@${host}`, "elsewhere"],
    ["$(reboot)", "elsewhere"],
    ["", "elsewhere"],
  ])("%s is %s", (label, state) => {
    expect(ownerState(label)).toBe(state);
  });

  test("tokens of older versions are read", () => {
    const [id, start] = ownerToken.split(".");
    expect(ownerState(`${id}.${start}@${hostname()}`)).toBe("alive");
    expect(ownerState(`4194305.1@${hostname()}`)).toBe("gone");
    expect(ownerState(`4194305.1@another-host`)).toBe("elsewhere");
    expect(tokenState(`${id}.${start}`)).toBe("alive");
    expect(tokenState("users")).toBeUndefined();
  });
});

/** Namespaces and other users take root. */
describe.skipIf(getuid?.() !== 0)("elsewhere on this machine", { timeout: 60_000 }, () => {
  let folder: string;
  let program: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "tierbench-owner-"));
    execFileSync("chmod", ["755", folder]);
    program = join(folder, "tell-owner.mjs");
    const entryPoints = [fileURLToPath(new URL("../../testing/tell-owner.ts", import.meta.url))];
    await build({ entryPoints, outfile: program, bundle: true, platform: "node", target: "node20", format: "esm" });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const toldBy = (prefix: readonly string[], label: string): string => {
    const [first = execPath, ...more] = [...prefix, execPath, program, label];
    return execFileSync(first, more, { encoding: "utf8" }).trim();
  };
  /** A process that makes something, and its label. */
  const maker = async (prefix: readonly string[]): Promise<{ child: ChildProcess; label: string }> => {
    const [first = execPath, ...more] = [...prefix, execPath, program];
    const child = spawn(first, more, { stdio: ["pipe", "pipe", "inherit"] });
    const [chunk] = (await once(child.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
    return { child, label: chunk.toString().trim() };
  };
  const end = async (child: ChildProcess): Promise<void> => {
    const ended = once(child, "exit");
    child.stdin?.end();
    await ended;
  };

  const NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
  const HIDDEN = ["unshare", "--mount", "sh", "-c", 'mount -t proc -o hidepid=2 proc /proc && exec "$@"', "sh"];
  const CONTAINED = ["unshare", "--pid", "--fork", "--mount-proc"];
  const REBOOTED = [...["unshare", "--mount", "sh", "-c"], 'mount --bind "$0" /proc/sys/kernel/random/boot_id && exec "$@"'];

  test("another user sees that a process of root's lives, also when /proc hides it", () => {
    expect(toldBy(NOBODY, owner)).toBe("alive");
    expect(toldBy([...HIDDEN, ...NOBODY], owner)).toBe("alive");
    expect(toldBy([...HIDDEN, ...NOBODY], `${DEAD}@${host}:${machine}`)).toBe("gone");
  });

  test("who is in a container does not judge who is outside, nor what was made before a reboot as alive", () => {
    expect(toldBy(CONTAINED, owner)).toBe("elsewhere");
    expect(toldBy(CONTAINED, `${DEAD}@${host}:${machine}`)).toBe("elsewhere");
    const boot = join(folder, "boot_id");
    writeFileSync(boot, "00000000-6c06-4fb6-a6ea-998b12edff0e\n");
    expect(toldBy([...REBOOTED, boot], owner)).toBe("gone");
  });

  test("who is in a container is seen to live from outside, as long as it does", async () => {
    const { child, label } = await maker(CONTAINED);
    expect(label.split(".")[2]).not.toBe(ownerToken.split(".")[2]);
    expect(ownerState(label)).toBe("alive");
    expect(toldBy(NOBODY, label)).toBe("alive");
    expect(toldBy([...HIDDEN, ...NOBODY], label)).toBe("elsewhere");
    expect(toldBy(CONTAINED, label)).toBe("elsewhere");
    await end(child);
    expect(ownerState(label)).toBe("gone");
  });
});
