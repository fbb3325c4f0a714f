import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clockNs } from "../../../research/units.ts";
import { criticalPath } from "./critical-path.ts";
import { nameAt } from "./program-name.ts";
import { type Thread, threadHistories } from "./thread-histories.ts";

/** Times in microseconds; the machine has one processor unless a line says otherwise. */
const stamp = (at: number): string => `100.${String(at).padStart(6, "0")}`;
const line = (comm: string, tid: number, at: number, event: string, { flags = ".....", cpu = 0 } = {}): string =>
  `${comm.padStart(16)}-${String(tid).padEnd(7)} [${String(cpu).padStart(3, "0")}] ${flags}  ${stamp(at)}: ${event}`;
const swap = (at: number, [from, fromTid, state]: [string, number, string], [to, toTid]: [string, number], cpu = 0): string =>
  line(
    fromTid === 0 ? "<idle>" : from,
    fromTid,
    at,
    `sched_switch: prev_comm=${from} prev_pid=${fromTid} prev_prio=120 prev_state=${state} ==> next_comm=${to} next_pid=${toTid} next_prio=120`,
    { flags: "d..2.", cpu },
  );
const wake = (at: number, [by, byTid]: [string, number], [comm, tid]: [string, number], flags = "d..3."): string =>
  line(by, byTid, at, `sched_waking: comm=${comm} pid=${tid} prio=120 target_cpu=000`, { flags });

const IDLE: [string, number, string] = ["swapper/0", 0, "R"];
const IDLE_THREAD: [string, number] = ["swapper/0", 0];
const CLIENT: [string, number] = ["client", 10];
const SERVER: [string, number] = ["server", 20];
const OTHER: [string, number] = ["other", 30];

/** From 0 to `end` µs, ended by the client; what each stretch is, as `begin–end cause program`. */
function path(
  lines: readonly string[],
  end: number,
  members: readonly number[],
  { begin = 0, asked = [] as number[], last = 10 } = {},
): string[] {
  const at = (micros: number) => clockNs(100_000_000_000n + BigInt(micros) * 1000n);
  const histories = threadHistories(lines);
  const thread = (tid: number) => {
    const found = histories.threadAt(tid, Number.POSITIVE_INFINITY);
    if (found === undefined) throw new Error(`no thread ${tid}`);
    return found;
  };
  const ends = { last: thread(last), client: thread(10), begin: at(begin), end: at(end), asked: asked.map(at) };
  return criticalPath(histories, ends, ({ tid }) => members.includes(tid)).map(
    (one) => `${Number(one.begin - at(0)) / 1000}–${Number(one.end - at(0)) / 1000} ${one.cause} ${one.thread.tid}`,
  );
}

/** The client asks the server at 10, which answers at 50. */
const ASKED = [
  wake(10, CLIENT, SERVER),
  swap(12, [...CLIENT, "S"], SERVER),
  wake(50, SERVER, CLIENT),
  swap(55, [...SERVER, "S"], CLIENT),
  line(...CLIENT, 70, "sched_process_exit: comm=client pid=10 prio=120"),
];

describe("critical path", () => {
  it("goes to whoever woke the thread, and to who woke that", () => {
    expect(path(ASKED, 70, [10, 20])).toEqual([
      "0–10 cpu 10",
      "10–12 runqueue 20",
      "12–50 cpu 20",
      "50–55 runqueue 10",
      "55–70 cpu 10",
    ]);
  });

  it("follows a stranger that was asked, and names it; one that came by itself ends the stretch unseen", () => {
    expect(path(ASKED, 70, [10])).toEqual(path(ASKED, 70, [10, 20]));
    const unasked = [swap(12, [...CLIENT, "S"], SERVER), ...ASKED.slice(2)];
    expect(path(unasked, 70, [10])).toEqual(["0–12 cpu 10", "12–50 unseen 10", "50–55 runqueue 10", "55–70 cpu 10"]);
  });

  it("counts being preempted as waiting for a processor, whoever had it", () => {
    const preempted = [
      swap(20, [...CLIENT, "R"], OTHER),
      swap(45, [...OTHER, "R+"], CLIENT),
      line(...CLIENT, 60, "sched_process_exit: comm=client pid=10 prio=120"),
    ];
    expect(path(preempted, 60, [10])).toEqual(["0–20 cpu 10", "20–45 runqueue 10", "45–60 cpu 10"]);
  });

  it("goes from a new thread to its parent, at the fork", () => {
    const forked = [
      line(...CLIENT, 10, "sched_process_fork: comm=client pid=10 child_comm=client child_pid=40"),
      swap(15, [...CLIENT, "S"], ["client", 40]),
      line("client", 40, 30, "sched_process_exit: comm=client pid=40 prio=120"),
    ];
    expect(path(forked, 30, [10, 40], { last: 40 })).toEqual(["0–10 cpu 10", "10–15 runqueue 40", "15–30 cpu 40"]);
  });

  it("takes a wake-up from an interrupt for the end of the thread's own wait: a timer, or a disk", () => {
    const slept = (state: string, ...before: string[]) => [
      swap(10, [...CLIENT, state], IDLE_THREAD),
      ...before,
      wake(40, ["<idle>", 0], CLIENT, "d.h3."),
      swap(42, IDLE, CLIENT),
      line(...CLIENT, 50, "sched_process_exit: comm=client pid=10 prio=120"),
    ];
    expect(path(slept("S"), 50, [10])).toEqual(["0–10 cpu 10", "10–40 timer 10", "40–42 runqueue 10", "42–50 cpu 10"]);
    const completed = line("<idle>", 0, 39, "block_rq_complete: 254,0 WS () 8 + 8 be,0,4 [0]", { flags: "d.h2." });
    expect(path(slept("D", completed), 50, [10])[1]).toBe("10–40 disk 10");
  });

  it("does not follow a thread of the kernel that passes a wake-up on", () => {
    const waited = [
      swap(10, [...CLIENT, "D"], ["rcu_preempt", 15]),
      wake(30, ["rcu_preempt", 15], CLIENT),
      swap(31, ["rcu_preempt", 15, "I"], CLIENT),
      line(...CLIENT, 50, "sched_process_exit: comm=client pid=10 prio=120"),
    ];
    expect(path(waited, 50, [10])[1]).toBe("10–30 rcu 10");
  });

  it("lets the stack decide what a wait was for", () => {
    const flushed = [
      swap(10, [...CLIENT, "D"], ["kworker/0:1", 16]),
      line(...CLIENT, 10, "<stack trace>", { flags: "d..2." }),
      ...["__schedule", "schedule", "synchronize_rcu_expedited", "namespace_unlock", "__x64_sys_umount"].map(
        (name) => ` => ${name}`,
      ),
      wake(30, ["kworker/0:1", 16], CLIENT),
      swap(31, ["kworker/0:1", 16, "I"], CLIENT),
      line(...CLIENT, 50, "sched_process_exit: comm=client pid=10 prio=120"),
    ];
    expect(path(flushed, 50, [10])[1]).toBe("10–30 rcu 10");
  });

  it("begins what was asked for at the request: what the server did before was for others", () => {
    const busy = [swap(5, [...CLIENT, "S"], SERVER), ...ASKED.slice(2)];
    expect(path(busy, 70, [10, 20], { asked: [20] })).toEqual([
      "0–5 cpu 10",
      "5–20 unseen 10",
      "20–50 cpu 20",
      "50–55 runqueue 10",
      "55–70 cpu 10",
    ]);
  });

  it("tells the client's time until it asked, where the walk ended after that", () => {
    // Nobody knows why the server ran at 50: it was switched in, and there is nothing of it before.
    const born = [
      swap(5, [...CLIENT, "S"], IDLE_THREAD),
      swap(50, IDLE, SERVER),
      wake(55, SERVER, CLIENT),
      swap(56, [...SERVER, "S"], CLIENT),
    ];
    expect(
      path([...born, line(...CLIENT, 70, "sched_process_exit: comm=client pid=10 prio=120")], 70, [10, 20], { asked: [20] }),
    ).toEqual(["0–5 cpu 10", "5–20 unseen 10", "20–50 unseen 10", "50–55 cpu 20", "55–56 runqueue 10", "56–70 cpu 10"]);
  });

  it("is a partition, whatever the trace shows and whenever the client asked", () => {
    const thread = fc.constantFrom<[string, number]>(CLIENT, SERVER, OTHER, ["rcu_preempt", 15], IDLE_THREAD);
    const event = fc.oneof(
      fc.record({ from: thread, to: thread, state: fc.constantFrom("S", "D", "R", "R+", "I") }),
      fc.record({ by: thread, woken: thread, flags: fc.constantFrom("d..3.", "d.h3.") }),
    );
    const events = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), event), { maxLength: 40 });
    const asked = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 3 });
    fc.assert(
      fc.property(
        events,
        asked,
        fc.subarray([10, 20, 30]),
        fc.integer({ min: 0, max: 50 }),
        (happened, times, members, begin) => {
          let now = 0;
          const lines = [line(...CLIENT, 0, "sched_wakeup: comm=client pid=10 prio=120 target_cpu=000")];
          for (const [later, what] of happened) {
            now += later;
            lines.push(
              "state" in what ? swap(now, [...what.from, what.state], what.to) : wake(now, what.by, what.woken, what.flags),
            );
          }
          const end = begin + now + 1;
          lines.push(swap(now, IDLE, CLIENT), line(...CLIENT, end, "sched_process_exit: comm=client pid=10 prio=120"));
          const ends = path(lines, end, members, { begin, asked: times }).map((one) =>
            /^(\d+)–(\d+) /.exec(one)?.slice(1).map(Number),
          );
          expect(ends[0]?.[0]).toBe(begin);
          expect(ends.at(-1)?.[1]).toBe(end);
          for (const [index, one] of ends.entries()) {
            expect(one?.[1]).toBeGreaterThan(one?.[0] ?? 0);
            if (index > 0) expect(one?.[0]).toBe(ends[index - 1]?.[1]);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("believes a thread that does something to run, where the switch to it is missing", () => {
    const missing = [
      wake(10, CLIENT, SERVER),
      swap(12, [...CLIENT, "S"], IDLE_THREAD),
      wake(50, SERVER, CLIENT),
      swap(55, [...SERVER, "S"], CLIENT),
      line(...CLIENT, 70, "sched_process_exit: comm=client pid=10 prio=120"),
    ];
    expect(path(missing, 70, [10, 20])).toEqual([
      "0–10 cpu 10",
      "10–12 runqueue 20",
      "12–50 cpu 20",
      "50–55 runqueue 10",
      "55–70 cpu 10",
    ]);
  });

  it("does not tell what a thread did while a switch is missing that nothing else dates", () => {
    const preempted = [
      ...ASKED.slice(0, 2),
      swap(20, [...SERVER, "R"], OTHER),
      // OTHER → SERVER is missing.
      ...ASKED.slice(2),
    ];
    expect(path(preempted, 70, [10, 20])).toEqual([
      ...["0–10 cpu 10", "10–12 runqueue 20", "12–20 cpu 20", "20–50 unseen 20", "50–55 runqueue 10", "55–70 cpu 10"],
    ]);
    const replaced = [
      ...ASKED.slice(0, 2),
      // SERVER → OTHER is missing.
      line(...OTHER, 30, "sched_process_fork: comm=other pid=30 child_comm=other child_pid=31"),
      swap(48, [...OTHER, "S"], SERVER),
      ...ASKED.slice(2),
    ];
    expect(path(replaced, 70, [10, 20])).toEqual([
      ...["0–10 cpu 10", "10–12 runqueue 20", "12–48 unseen 20", "48–50 cpu 20", "50–55 runqueue 10", "55–70 cpu 10"],
    ]);
  });

  it("goes on from a thread that was first seen to run when it woke another", () => {
    const seenOnce = [
      swap(5, [...SERVER, "S"], OTHER, 1),
      wake(10, CLIENT, SERVER),
      swap(12, [...CLIENT, "S"], IDLE_THREAD),
      // OTHER → SERVER is missing.
      line(...SERVER, 50, "sched_waking: comm=client pid=10 prio=120 target_cpu=000", { flags: "d..3.", cpu: 1 }),
      swap(55, IDLE, CLIENT),
      line(...CLIENT, 70, "sched_process_exit: comm=client pid=10 prio=120"),
    ];
    expect(path(seenOnce, 70, [10, 20])).toEqual([...["0–10 cpu 10", "10–50 unseen 20", "50–55 runqueue 10", "55–70 cpu 10"]]);
  });

  it("cuts a stretch where the thread executes a program, and names it so from there on", () => {
    const ran = (filename: string, comm: string) => {
      const histories = threadHistories([
        line(...CLIENT, 10, "sched_process_fork: comm=client pid=10 child_comm=client child_pid=40"),
        swap(15, [...CLIENT, "S"], ["client", 40]),
        line(comm, 40, 20, `sched_process_exec: filename=${filename} pid=40 old_pid=40`),
        swap(60, [comm, 40, "Z"], IDLE_THREAD),
      ]);
      const at = (micros: number) => clockNs(100_000_000_000n + BigInt(micros) * 1000n);
      const [client, last] = [10, 40].map((tid) => histories.threadAt(tid, Number.POSITIVE_INFINITY)) as [Thread, Thread];
      return criticalPath(histories, { last, client, begin: at(0), end: at(50), asked: [] }, () => true).map(
        ({ begin, cause, thread, place }) => `${Number(begin - at(0)) / 1000} ${cause} ${nameAt(thread, place)}`,
      );
    };
    const before = ["0 cpu client", "10 runqueue client", "15 cpu client"];
    expect(ran("/usr/lib/a-long-name-of-a-program", "a-long-name-of-")).toEqual([...before, "20 cpu a-long-name-of-"]);
    expect(ran("/dev/fd/7", "hidden")).toEqual([...before, "20 cpu client"]); // until it is seen
  });

  it("keeps the history of a thread that executes a program and takes its leader's id", () => {
    const executed = [
      swap(10, [...CLIENT, "S"], ["client", 41]),
      line("program", 10, 20, "sched_process_exec: filename=/bin/program pid=10 old_pid=41"),
      line("program", 10, 40, "sched_process_exit: comm=program pid=10 prio=120"),
    ];
    expect(
      path(
        [line(...CLIENT, 1, "sched_process_fork: comm=client pid=10 child_comm=client child_pid=41"), ...executed],
        40,
        [10, 41],
      ),
    ).toEqual(["0–1 cpu 10", "1–10 runqueue 41", "10–20 cpu 41", "20–40 cpu 41"]);
  });
});
