/** The probe that watches the starts: the best that works, or the requested one. */
import { MisuseError } from "../../../research/misuse.ts";
import type { Probe } from "../../../research/protocol.ts";
import type { KernelProbe } from "../../design/ports.ts";
import type { DockerEngine } from "../engine/docker.ts";
import { provideHelperImage } from "../images/images.ts";
import { eventsProbe } from "./events-probe.ts";
import { Sidecar } from "./sidecar.ts";
import { openSidecarProbe } from "./sidecar-probe.ts";
import { openTracefs } from "./tracefs.ts";

export interface ProbeWish {
  readonly wanted: "auto" | Probe;
  /** Whether a helper container may be started on the engine. */
  readonly mayStartSidecar: boolean;
}

export interface ChosenProbe {
  readonly probe: KernelProbe;
  readonly reason: string;
  /** Better probes that do not work here, each with the reason. */
  readonly failures: readonly string[];
  /** The helper that the probe works through, if it does. */
  readonly sidecar: Sidecar | undefined;
}

/** @throws MisuseError when the options contradict each other; Error when the requested probe is not available */
export async function chooseProbe(
  { wanted, mayStartSidecar }: ProbeWish,
  engine: DockerEngine,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<ChosenProbe> {
  if (wanted === "sidecar" && !mayStartSidecar) throw new MisuseError("--probe sidecar and --no-sidecar contradict each other");
  const failures: string[] = [];
  const reason = wanted === "auto" ? "the best available" : "asked for";
  if (wanted === "tracefs" || wanted === "auto") {
    try {
      if (!engine.local) throw new Error("the engine has another kernel or clock than this machine");
      return { probe: openTracefs(), reason, failures, sidecar: undefined };
    } catch (error) {
      failures.push(`tracefs: ${(error as Error).message}`);
    }
  }
  if (wanted === "sidecar" || (wanted === "auto" && mayStartSidecar)) {
    say(
      "Starting a helper container with SYS_ADMIN on the engine, to watch its kernel (probe sidecar; --no-sidecar forbids it).",
    );
    try {
      const sidecar = await openSidecar(engine, say, signal);
      return { ...sidecar, failures, reason: wanted === "auto" ? `${reason}; ${failures.join("; ")}` : reason };
    } catch (error) {
      signal.throwIfAborted();
      failures.push(`sidecar: ${(error as Error).message}`);
    }
  } else if (wanted === "auto") failures.push("sidecar: forbidden by --no-sidecar");
  if (wanted === "tracefs" || wanted === "sidecar")
    throw new Error(`--probe ${failures.join("; ")}; --probe events measures totals without tiers`);
  return {
    probe: eventsProbe,
    reason: wanted === "auto" ? `no kernel probe: ${failures.join("; ")}` : reason,
    failures,
    sidecar: undefined,
  };
}

async function openSidecar(engine: DockerEngine, say: (line: string) => void, signal: AbortSignal) {
  const sidecar = await Sidecar.start(engine.docker, await provideHelperImage(engine.docker, say, signal));
  try {
    return { probe: await openSidecarProbe(sidecar), sidecar };
  } catch (error) {
    await sidecar[Symbol.asyncDispose]();
    throw error;
  }
}
