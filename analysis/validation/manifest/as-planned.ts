/** The plan of a run against its sessions: seeds are drawn before the first, and what that was measured on is told with them. */
import { imageDifference } from "../../../research/image-identity.ts";
import type { Manifest, PlannedRun, Session } from "../../../research/manifest.ts";
import type { Say } from "../problem.ts";

export function asPlanned({ runs = [], sessions }: Manifest, say: Say): void {
  for (const [index, run] of runs.entries()) {
    const field = `runs.${index}`;
    numbersOf(run, field, say);
    for (const [turn, { session: number, seed }] of run.sessions.entries()) {
      const place = sessions.findIndex(({ session }) => session === number);
      const session = sessions[place];
      if (session === undefined) continue;
      if (session.seed !== seed)
        say(`sessions.${place}.seed`, `${session.seed}`, `its run was planned with another seed (${field})`, `${seed}`);
      // It is of the first; an engine that was renewed between two sessions is warned of.
      if (turn === 0 && run.identity !== undefined) sameAs(run.identity, session, `sessions.${place}`, field, say);
    }
  }
}

/** The first session's seed is the run's own. */
function numbersOf({ seed, iterations, sessions: [first], asked }: PlannedRun, field: string, say: Say): void {
  if (first !== undefined && first.seed !== seed)
    say(`${field}.seed`, `${seed}`, "the first session of a run has the run's own seed", `${first.seed}`);
  for (const [name, number, what] of [
    ["seed", seed, "the run was drawn from another seed"],
    ["iterations", iterations, "the run has other iterations"],
  ] as const) {
    const typed = asked?.options[name];
    if (typeof typed === "string" && typed !== `${number}`) say(`${field}.asked.options.${name}`, typed, what, `${number}`);
  }
}

type Identity = NonNullable<PlannedRun["identity"]>;

function sameAs(identity: Identity, { engine, host, images }: Session, at: string, run: string, say: Say): void {
  const what = `its run was begun with another (${run}.identity)`;
  for (const [field, is, was] of [
    ["engine.server", engine.server, identity.server],
    ["engine.runtime", engine.runtime, identity.runtime],
    ["engine.storage_driver", engine.storage_driver, identity.storage_driver],
    ["host.kernel", host.kernel, identity.kernel],
    ["host.cpu", host.cpu, identity.cpu],
  ] as const)
    if (is !== was) say(`${at}.${field}`, is, what, was);
  for (const [index, image] of images.entries()) {
    const was = identity.images.find(({ name }) => name === image.name);
    const difference = was && imageDifference(was, image);
    if (was !== undefined && difference !== undefined) say(`${at}.images.${index}.digest`, image.digest, what, was.digest);
  }
}
