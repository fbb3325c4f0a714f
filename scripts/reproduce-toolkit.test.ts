/** The report of `scripts/reproduce toolkit`, in a checkout whose commands are made up: its ten tests, and why one has no result. */
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** @param fails shell pattern of the words of a command that fails */
function reported(fails: string) {
  const checkout = mkdtempSync(join(tmpdir(), "tierbench-toolkit-"));
  try {
    const scripts = join(checkout, "scripts");
    mkdirSync(scripts);
    const write = (name: string, text: string): void => {
      writeFileSync(join(scripts, name), text);
      chmodSync(join(scripts, name), 0o755);
    };
    for (const name of ["reproduce", "reproduce-toolkit"])
      copyFileSync(fileURLToPath(new URL(name, import.meta.url)), join(scripts, name));
    write("setup.sh", "");
    const json = '{"namespaces": [{"kind": "pid", "inode": 7, "shared_with": []}]}';
    write(
      "tierbench",
      `#!/bin/sh\ncase "$*" in ${fails}) echo "tierbench: no such luck" >&2; exit 1 ;; *json*) echo '${json}' ;; *) echo "said by $*" ;; esac\n`,
    );
    write("docker", "#!/bin/sh\necho made\n");
    const ended = spawnSync(
      join(scripts, "reproduce"),
      ["toolkit", "--engine", "unix:///e.sock", "--out", join(checkout, "out")],
      {
        ...{ encoding: "utf8", env: { ...process.env, PATH: `${scripts}:${process.env.PATH}` } },
      },
    );
    return { code: ended.status, said: ended.stderr, report: readFileSync(join(checkout, "out/REPORT.md"), "utf8") };
  } finally {
    rmSync(checkout, { recursive: true });
  }
}

test("each of the ten tests has its commands and their output", () => {
  const { code, report, said } = reported("nothing");
  expect(code, said).toBe(0);
  expect(report.match(/^## Test \d+: .+$/gm)).toHaveLength(10);
  expect(report).not.toContain("Not here");
  expect(report).toContain("$ tierbench audit\nsaid by audit --engine unix:///e.sock\n");
  expect(report).toContain("pid      7            its own");
  // The engine stands before the command of the start.
  expect(report).toContain("said by trace --engine unix:///e.sock small --why -- echo hello");
});

test("what cannot be had says why, and a test without any result is counted", () => {
  const { code, report, said } = reported("audit*");
  expect(code).toBe(1);
  expect(report).toContain("$ tierbench audit\n```\n\nNot here: tierbench: no such luck");
  expect(said).toContain("1 of the ten tests have no result here");
});
