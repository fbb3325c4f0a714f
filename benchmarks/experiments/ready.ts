/** From the create request until an application is ready. */
import { STARTUP } from "../../research/protocol.ts";
import { APPLICATIONS, readyTable } from "../../research/tables/ready.ts";
import { defineExperiment, NOTHING_TO_REMOVE } from "../design/experiment.ts";
import type { ImageRole } from "../design/ports.ts";
import type { Until } from "../design/until.ts";
import { observeStart } from "../start/observe-start.ts";
import { startPart } from "../start/start-part.ts";
import { watchWall } from "../start/watch-wall.ts";

type Application = (typeof APPLICATIONS)[number];

interface Run {
  readonly command: readonly string[];
  readonly until: Until;
}

const RUN: Readonly<Record<Application, Run & { readonly role: ImageRole }>> = {
  shell: { role: "shell", command: ["sh", "-c", "echo ready"], until: { kind: "acts" } },
  python: { role: "python", command: ["python3", "-c", "print('ready')"], until: { kind: "acts" } },
  nginx: {
    role: "web",
    // Its own log tells when the start is over and nginx at work.
    command: ["nginx", "-g", "daemon off; error_log stderr notice;"],
    until: { kind: "http", port: 80, path: "/" },
  },
};

/** Asks every millisecond until the answer is 200. In perl, because it is in every Debian, and curl is not. */
const ASK = `use Socket; for (;;) {
  socket(my $s, PF_INET, SOCK_STREAM, 0);
  if (connect($s, pack_sockaddr_in(80, inet_aton("127.0.0.1")))) {
    syswrite($s, "GET / HTTP/1.0\\r\\n\\r\\n");
    sysread($s, my $answer, 12);
    if ($answer =~ m{^HTTP/1.. 200}) { syswrite(STDOUT, "ready\\n"); exit }
  }
  close($s); select(undef, undef, undef, 0.001);
}`;

/** Where its port cannot be asked from here. nginx is the first process; the client that asks is started before it, and waits. */
const NGINX_ELSEWHERE: Run = {
  command: ["sh", "-c", 'perl -e "$0" & exec nginx -g "daemon off;"', ASK],
  until: { kind: "acts" },
};

export const ready = defineExperiment("ready", {
  table: readyTable,
  conditions: APPLICATIONS.map((application) => ({ application })),
  share: 30,
  warmupBlocks: 1,
  blockSeconds: 1.6,
  roles: ["shell", "web", "python"],
  roleOf: ({ application }) => RUN[application].role,
  workload: "the shell's echo, python3's first print, nginx' first answer to the engine's network",
  open: async (laboratory) => ({
    ...NOTHING_TO_REMOVE,
    trial: async ({ application }, signal) => {
      const run = application === "nginx" && !laboratory.engine.local ? NGINX_ELSEWHERE : RUN[application];
      const request = { image: laboratory.images[RUN[application].role], timeout: STARTUP.timeout, untilFirstByte: true };
      const wall = watchWall(laboratory.clock);
      const start = await observeStart(laboratory, { ...request, command: run.command, until: run.until }, signal);
      const { part, ready } = startPart(laboratory, start, wall());
      return { parts: [{ ...part, measured: { ...part.measured, ...ready } }], headline: ready.ready_ns };
    },
  }),
});
