/** A real terminal, which keeps what a command wrote as a person would see it. Installs tmux where it is missing (root, Debian or Ubuntu). */
import { execFileSync } from "node:child_process";

/** What stood on it at one moment, scrolled-off lines included; each as it was written, however often it wraps. */
export type Sight = readonly string[];

/** @throws Error that says what to do where there is no tmux and it cannot be installed */
export function provideTmux(): void {
  try {
    execFileSync("tmux", ["-V"], { stdio: "ignore" });
  } catch {
    try {
      execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "tmux"], { stdio: "ignore" });
    } catch (cause) {
      throw new Error("no tmux, and it cannot be installed: apt-get install tmux, as root on Debian or Ubuntu", { cause });
    }
  }
}

const LOOK_EVERY_MS = 120;

/**
 * Runs a command in a terminal of so many columns and looks at it until it has ended.
 * @param name of the terminal, no other's
 * @returns what was seen from time to time; the last sight is that of the end
 */
export async function watched(
  name: string,
  columns: number,
  command: string,
  env: Readonly<Record<string, string>>,
): Promise<Sight[]> {
  const tmux = (...words: string[]): string =>
    execFileSync("tmux", ["-L", name, "-f", "/dev/null", ...words], { encoding: "utf8" });
  const variables = Object.entries({ LC_ALL: "C.UTF-8", ...env }).flatMap(([key, value]) => ["-e", `${key}=${value}`]);
  tmux(
    "-u",
    "new-session",
    "-d",
    "-x",
    String(columns),
    "-y",
    "50",
    ...variables,
    `${command}; echo "ended with $?"; exec sleep 60`,
  );
  try {
    const sights: Sight[] = [];
    for (;;) {
      const sight = tmux("capture-pane", "-p", "-J", "-S", "-")
        .split("\n")
        .map((line) => line.trimEnd());
      sights.push(sight.slice(0, sight.findLastIndex((line) => line !== "") + 1));
      if (sight.some((line) => /^ended with \d+$/.test(line))) return sights;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  } finally {
    tmux("kill-server");
  }
}
