/** Entrypoints that write here and there before they write to the container's own output, 50 ms later. */
import type { ActRule } from "../../../research/act-rule.ts";
import { IO_URING, PASSED } from "./hidden-writes.ts";
import { PROGRAMS } from "./oracle.ts";

export interface Animal {
  readonly name: string;
  readonly image: "small" | "medium" | "large";
  readonly command: readonly string[];
  /** `own-output` where it is not said. */
  readonly rule?: ActRule;
  /** The rule where the client's bytes are not counted, as those of a service are not; `either` where it is a race. */
  readonly uncounted?: ActRule | "either";
  /** It is stopped once it has acted. */
  readonly isService?: true;
  /** Its act is hidden from strace, too. Not every engine allows that: it fails with these words, and the test is skipped. */
  readonly isUnseen?: string;
  /** It writes nothing to the own output. */
  readonly isSilent?: true;
}

const SLEEP = "sleep 0.05";
const dash = (name: string, script: string, more: Partial<Animal> = {}): Animal => ({
  ...{ name: `dash: ${name}`, image: "large", command: ["/bin/dash", "-c", script] },
  ...more,
});
const bash = (name: string, script: string, more: Partial<Animal> = {}): Animal => ({
  ...{ name: `bash: ${name}`, image: "large", command: ["/bin/bash", "-c", script] },
  ...more,
});
const busybox = (name: string, script: string): Animal => ({
  ...{ name: `busybox: ${name}`, image: "small", command: ["/bin/busybox", "sh", "-c", script] },
});
const python = (name: string, lines: readonly string[], more: Partial<Animal> = {}): Animal => ({
  ...{
    name: `Python: ${name}`,
    image: "large",
    command: ["python3", "-c", ["import os, sys, subprocess, threading, time", ...lines].join("\n")],
  },
  ...more,
});

/** One for each way to write. */
export const COMMON: readonly Animal[] = [
  bash("command substitution", `me=$(id -u; echo x 2>&1); ${SLEEP}; echo $me`),
  busybox("redirections", `echo cfg >/tmp/cfg; id >/tmp/id 2>/tmp/err; ${SLEEP}; echo yes`),
  dash("here-document", `cat <<END >/tmp/conf\na = $(id -u)\nEND\n${SLEEP}; cat <<END\nyes\nEND`),
  dash("pipelines", `printf 'a\\nb\\n' | grep b >/tmp/b; n=$(seq 9 | wc -l); ${SLEEP}; seq 3 | head -n 1`),
  busybox("a cat that first tries to copy within the kernel", `${SLEEP} | cat; echo yes`),
  bash("tee into a process substitution", `echo x | tee >(cat >/tmp/a) >/tmp/b; ${SLEEP}; echo yes | tee >(cat >/tmp/c)`, {
    uncounted: "client-bound", // pipes that are opened by name
  }),
  bash("exec >file", `exec 3>&1 >/tmp/log; echo in; id; ${SLEEP}; echo out >&3`),
  dash("exec 3>&1", `exec 3>&1 4>&2 1>/tmp/log 2>&1; echo in; echo err >&2; ${SLEEP}; exec 1>&3; echo out`),
  dash("standard error only", `echo x >/tmp/f; ${SLEEP}; echo listening >&2`),
  dash("/dev/stderr", `echo x >/tmp/f; ${SLEEP}; echo listening >/dev/stderr`),
  dash("/proc/1/fd/1", `x=$(id); ${SLEEP}; echo yes >/proc/1/fd/1`),
  busybox("a file copied within the kernel", `x=$(cat /etc/hostname); ${SLEEP}; cat /etc/hosts`),
  python("a thread that writes to a copy", [
    "fd = os.dup(1); os.dup2(os.open('/tmp/log', os.O_WRONLY | os.O_CREAT), 1); os.write(1, b'in')",
    "time.sleep(0.05); t = threading.Thread(target=lambda: os.write(fd, b'out')); t.start(); t.join()",
  ]),
  python(
    "a link to the output, written to before a file changes",
    [
      "open('/tmp/f', 'w').write('xyz'); os.symlink('/dev/stdout', '/tmp/log'); log = os.open('/tmp/log', os.O_WRONLY)",
      "time.sleep(0.05); os.write(log, b'first'); os.truncate('/tmp/f', 1); os.write(1, b'second')",
    ],
    { rule: "client-bound" },
  ),
  python("io_uring", IO_URING, { rule: "client-bound", uncounted: "either", isUnseen: "io_uring is not to be had here" }),
  python("a descriptor passed over a socket", PASSED, { rule: "client-bound", uncounted: "either" }),
  {
    ...{ name: "nginx, whose log is a link to /dev/stderr", image: "medium", isService: true, rule: "client-bound" },
    command: [
      "/bin/sh",
      "-c",
      `ln -sf /dev/stderr /var/log/nginx/error.log; ${SLEEP}; exec nginx -g 'daemon off; error_log /var/log/nginx/error.log notice;'`,
    ],
  },
  {
    ...{ name: "tini", image: "large" },
    command: [`${PROGRAMS}/tini-static`, "-s", "--", "/bin/sh", "-c", `x=$(id); ${SLEEP}; echo yes`],
  },
  dash("three execs", `x=$(id); exec /bin/bash -c 'exec 3>&1; y=$(id); exec /bin/dash -c "${SLEEP}; exec echo yes >&3"'`),
  dash("a file in memory that may be anything", `${SLEEP}; echo x >/dev/shm/x; echo yes`, { uncounted: "client-bound" }),
  dash("nothing", `x=$(id); echo x >/tmp/f; ${SLEEP}`, { isSilent: true }),
];

/** The same ways in another shell or language, or less far: for `npm run test:faults`. */
export const RARE: readonly Animal[] = [
  dash("command substitution", `me=$(id -u); ${SLEEP}; echo $me`),
  busybox("command substitution", `me=$(id -u; echo x); ${SLEEP}; echo $me`),
  dash("redirections", `echo cfg >/tmp/cfg; echo more >>/tmp/cfg; echo no >/dev/null 2>&1; ${SLEEP}; echo yes`, {
    uncounted: "client-bound", // what is appended may change a page that has just been changed
  }),
  bash("redirections", `echo cfg >/tmp/cfg; echo no &>/dev/null; { echo a; echo b; } >/tmp/d; ${SLEEP}; echo yes`),
  bash("here-document", `cat <<END >/tmp/conf\na = b\nEND\nread -r x <<<"word"; ${SLEEP}; cat <<<"yes"`),
  dash("a pipeline that waits", "sleep 0.05 | cat; echo yes"),
  dash("tee", `echo x | tee /tmp/t >/dev/null; ${SLEEP}; echo y | tee /tmp/t`),
  bash("process substitution", `echo log > >(cat >/tmp/z); cat <(echo in) >/tmp/y; ${SLEEP}; cat <(echo yes)`, {
    uncounted: "client-bound", // pipes that are opened by name
  }),
  bash("a file for reading and writing", `exec 5<>/tmp/f; echo x >&5; ${SLEEP}; echo yes`),
  bash("/dev/stdout", `echo x >/tmp/f; ${SLEEP}; echo listening >/dev/stdout`),
  dash("/proc/self/fd/1", `x=$(id); ${SLEEP}; echo yes >/proc/self/fd/1`),
  python("files, a child's output, then print", [
    "open('/tmp/f', 'w').write('x'); subprocess.check_output(['id'])",
    "time.sleep(0.05); print('yes', flush=True)",
  ]),
  python("standard error only", ["r, w = os.pipe(); os.write(w, b'x'); time.sleep(0.05); sys.stderr.write('listening')"]),
  {
    ...{ name: "nginx, which logs to standard error", image: "medium", isService: true },
    command: ["/bin/sh", "-c", `x=$(id); ${SLEEP}; exec nginx -g 'daemon off; error_log stderr notice;'`],
  },
  dash("fork and leave", `(${SLEEP}; echo late) >/tmp/late & ${SLEEP}; exit 0`, { isSilent: true }),
];
