/** Whether the sessions of a platform were measured on one machine and one engine: where they were not, a label means two things. */
import type { Session } from "../../../research/manifest.ts";

export interface OtherMachine {
  /** Of platform.json. */
  readonly field: string;
  readonly is: string;
  readonly was: string;
  /** In a sentence without its end. */
  readonly what: string;
}

/** What is not as in the session before, beyond what the session was warned of when it began. */
export const otherMachines = (sessions: readonly Session[]): OtherMachine[] =>
  sessions.flatMap((session, index) => {
    const before = sessions[index - 1];
    if (before === undefined) return [];
    const [now, then] = [session, before].map(factsOf) as [Fact[], Fact[]];
    return now.flatMap(([name, field, is], place) => {
      const was = then[place]?.[2] ?? is;
      const isTold = session.warnings.some(({ summary }) => summary.startsWith(`this session's ${name} differs from `));
      const what = `the ${name} of session ${session.session} is another than that of session ${before.session}`;
      return is === was || isTold ? [] : [{ field: `sessions.${index}.${field}`, is, was, what }];
    });
  });

type Fact = readonly [name: string, field: string, value: string];

/** A virtual machine may be given more processors; nothing warns of that. */
const factsOf = ({ host, engine }: Session): Fact[] => [
  ["number of CPUs", "host.cpu_count", `${host.cpu_count}`],
  ["architecture", "host.architecture", host.architecture],
  ["CPU", "host.cpu", host.cpu],
  ["kernel", "host.kernel", host.kernel],
  ["engine", "engine.server", engine.server],
  ["runtime", "engine.runtime", engine.runtime],
  ["storage driver", "engine.storage_driver", engine.storage_driver],
];
