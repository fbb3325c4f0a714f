/** An OCI runtime that is the engine's own behind a wrapper: it can sleep before `create`, in a hook and before `start`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Arm, delayAt } from "./places.ts";

export interface DelayingRuntime {
  /** dockerd's configuration, a daemon.json, that makes it the default runtime. */
  readonly configuration: string;
  /** For the next start. Every start runs the same programs; those without a delay sleep for 0 s. */
  readonly arm: (arm: Arm) => void;
}

/** @param delays line of a shell that sets `hook` to a number of seconds */
const sleepingHook = (delays: string): string => `#!/bin/sh\n${delays}\nexec sleep "$hook"\n`;

/**
 * @param folder is made, and must have no space or quote in its path
 * @param hook text of the hook's program, which sleeps unless it is given
 */
export function writeDelayingRuntime(folder: string, hookOf = sleepingHook): DelayingRuntime {
  mkdirSync(folder, { recursive: true });
  const file = (name: string, text: string, mode = 0o644): string => {
    writeFileSync(join(folder, name), text, { mode });
    return join(folder, name);
  };
  const arm = (of: Arm): void => {
    const seconds = (place: "runtime_create" | "hook" | "runtime_start"): number => delayAt(of, place) / 1e3;
    file("delays", `create=${seconds("runtime_create")} hook=${seconds("hook")} start=${seconds("runtime_start")}\n`);
  };
  arm({ place: null, delay_ms: 0 });
  const delays = `. ${join(folder, "delays")}`;
  const hook = file("hook", hookOf(delays), 0o755);
  const runtime = file("runtime", wrapper(delays, JSON.stringify([{ path: hook, args: [hook] }])), 0o755);
  const configuration = file(
    "daemon.json",
    JSON.stringify({ runtimes: { delaying: { path: runtime } }, "default-runtime": "delaying" }),
  );
  return { configuration, arm };
}

/** dockerd writes config.json without spaces; up to 27 it has a hook of its own there, from 28 on often none. */
const wrapper = (delays: string, hooks: string): string => `#!/bin/sh
${delays}
case " $* " in
  *' create '*)
    previous=''
    for word; do
      if [ "$previous" = --bundle ]; then config="$word/config.json"; fi
      previous="$word"
    done
    if grep -q '"hooks":{"' "$config"; then
      sed -i 's|"hooks":{|"hooks":{"createRuntime":${hooks},|' "$config"
    else
      sed -i 's|,"hooks":{}||; 1s|^{|{"hooks":{"createRuntime":${hooks}},|' "$config"
    fi
    sleep "$create"
    ;;
  *' start '*) sleep "$start" ;;
esac
exec runc "$@"
`;
