/** Phases in words for people, fitted to the engine that made the start: where the network is wired differs between engines. */
import { PHASES, type PhaseName } from "../phases.ts";

export interface PhaseWords {
  /** A name of at most 18 letters, or two of them where the phase holds the time of others. */
  readonly title: string;
  /** What happens in it, behind the title or a colon. */
  readonly clause: string;
}

/** What started the containers, as platform.json says it; the study's files do not. */
export interface Engine {
  /** Version, such as `20.10.24+dfsg1`. */
  readonly server: string;
  readonly components: Readonly<Record<string, string>>;
  readonly runtime: string;
  readonly network: { readonly mode: string };
}

interface Kind {
  readonly phase: PhaseName;
  readonly encloses: readonly PhaseName[];
}

/** From this version on dockerd wires the network itself, between the runtime's `create` and `start`. */
const WIRED_BY_DAEMON = 28;

const isPodman = ({ components }: Engine): boolean => Object.keys(components).some((name) => /podman/i.test(name));
const wiresItself = (engine: Engine): boolean => !isPodman(engine) && Number.parseInt(engine.server, 10) >= WIRED_BY_DAEMON;
const hasNetwork = ({ network }: Engine): boolean => network.mode !== "host" && network.mode !== "none";

/** @param engine of the starts; without it the phase is described as on Docker up to 27 */
export function phaseWords({ phase, encloses }: Kind, engine?: Engine): PhaseWords {
  const own = { ...PHASES[phase], ...(engine === undefined ? {} : elsewhere(phase, engine)) };
  const last = encloses.at(-1);
  if (last === undefined) return { title: own.title, clause: own.clause };
  return { title: `${own.title} … ${PHASES[last].title}`, clause: `${own.clause}; the rest is not told apart` };
}

/** The words that hold on this engine instead. */
function elsewhere(phase: PhaseName, engine: Engine): Partial<PhaseWords> {
  if (phase === "hook" && wiresItself(engine)) return { title: "hooks", clause: "were configured on this engine" };
  if (phase === "hook" && engine.network.mode === "none") return { clause: "runs, although there is no network" };
  if (phase === "daemon_start_task" && wiresItself(engine) && hasNetwork(engine))
    return { clause: "wires the network, starts the task" };
  if (phase === "client_attach" && isPodman(engine)) return { clause: "mounts, wires the network, creates" };
  if (phase === "daemon_prepare" && isPodman(engine)) return { clause: "Podman is asked to start it" };
  return {};
}

/**
 * Where starts without a network hook wire their network, in a sentence without a full stop.
 * @param phases that were seen in the starts
 * @returns `null` where the hook shows it
 */
export function networkElsewhere(phases: readonly PhaseName[], engine: Engine): string | null {
  if (phases.includes("hook") && !wiresItself(engine)) return null;
  if (engine.network.mode === "host") return "No network is wired: the container shares the host's";
  const inside = engine.runtime.includes("runsc") ? "; gVisor's own network stack lies within the runtime's phases, unseen" : "";
  if (engine.network.mode === "none") return `No network is wired: the container has none${inside}`;
  const words = (phase: PhaseName): string => PHASES[phase].title;
  if (isPodman(engine)) return `Podman wires the network in “${words("client_attach")}”`;
  if (wiresItself(engine)) return `The network is wired by dockerd in “${words("daemon_start_task")}”${inside}`;
  return `No network hook was seen${inside}`;
}
