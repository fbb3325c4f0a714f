/** Measures an experiment on a real engine, and reads its rows back as they would stand in the file. */
import type { Table } from "../../research/table.ts";
import { equip } from "../commands/laboratory.ts";
import { type Experiment, type Laboratory, NOTHING_RECORDED } from "../design/experiment.ts";
import { type ContainerRequest, IMAGE_ROLES, type ImageRole, type KernelProbe, type OpenRecorder } from "../design/ports.ts";
import type { Report } from "../design/run-experiment.ts";
import { whole } from "../design/session-plan.ts";
import type { DockerEngine } from "../edges/engine/docker.ts";
import { OWNER_LABEL, owner } from "../edges/host/owner.ts";
import { openImageFiles } from "../edges/images/image-files.ts";
import { provideRoles } from "../edges/images/role-images.ts";
import { openTracefs } from "../edges/probe/tracefs.ts";
import { testEngine } from "./engine.ts";

const quiet = (): void => undefined;
const never = new AbortController().signal;

export interface TestLaboratory extends AsyncDisposable {
  /** What this process has made and not removed. */
  readonly containers: () => ReturnType<DockerEngine["docker"]["listContainers"]>;
  readonly laboratory: Laboratory;
  /** The engine as it is: containers get the network that they ask for. */
  readonly wired: DockerEngine;
  /** @param blocks so many, those that warm up among them; then it is interrupted */
  readonly measure: <R>(experiment: Experiment, table: Table<R>, blocks: number, more?: Partial<Laboratory>) => Promise<R[]>;
}

export async function testLaboratory(roles: readonly ImageRole[] = IMAGE_ROLES): Promise<TestLaboratory> {
  const found = await testEngine();
  const { engine } = found;
  const provided = await provideRoles(engine.docker, new Set(roles), [], quiet, never);
  const images = Object.fromEntries(
    Object.entries(provided).map(([role, image]) => {
      if ("problem" in image) throw new Error(image.problem);
      return [role, image.reference];
    }),
  ) as Laboratory["images"];
  const probe: KernelProbe = openTracefs();
  const laboratory = equip(withoutWiring(engine), probe, images, openImageFiles(engine.docker), {}, quiet);
  return {
    laboratory,
    wired: engine,
    containers: () =>
      engine.docker.listContainers({ all: true, filters: JSON.stringify({ label: [`${OWNER_LABEL}=${owner}`] }) }),
    measure: async (experiment, table, blocks, more = {}) => {
      // An experiment runs a share of the iterations asked for.
      let iterations = 1;
      while (experiment.plan(whole(iterations)).iterations < blocks) iterations += 1;
      let written = table.header;
      let trial = 0;
      const openRecorder: OpenRecorder = (of) => ({
        record: (...rows) => {
          trial += 1;
          for (const row of rows) written += of.formatRow({ trial, session: 1, ...row } as never);
        },
        [Symbol.dispose]: quiet,
      });
      const enough = new AbortController();
      const setting = {
        laboratory: { ...laboratory, ...more },
        openRecorder,
        recorded: NOTHING_RECORDED,
        portion: whole(iterations),
        seed: 1,
        onTrial: ({ block, endsBlock }: Report) => {
          if (endsBlock && block === blocks) enough.abort();
        },
        onLack: quiet,
      };
      await experiment.run(setting, enough.signal).catch((error: unknown) => {
        if (error !== enough.signal.reason) throw error;
      });
      return table.parse(written, table.name);
    },
    [Symbol.asyncDispose]: async () => {
      await probe[Symbol.asyncDispose]();
      await found[Symbol.asyncDispose]();
    },
  };
}

/**
 * Its containers have the host's network. Wiring one of its own takes more than half of a start, and nearly all of its processor
 * time, which no experiment looks at but those of the network.
 */
const withoutWiring = (engine: DockerEngine): DockerEngine =>
  new Proxy(engine, {
    get: (real, name) => {
      const value = real[name as keyof DockerEngine];
      if (name === "create")
        return (request: ContainerRequest, signal: AbortSignal) =>
          real.create({ ...request, settings: { ...request.settings, network: "host" } }, signal);
      return typeof value === "function" ? (value as () => unknown).bind(real) : value;
    },
  });

/** The middle one, or the upper of two. */
export function median(values: Iterable<number | null>): number {
  const known = [...values].filter((value) => value !== null).sort((a, b) => a - b);
  const middle = known[known.length >> 1];
  if (middle === undefined) throw new Error("nothing was measured");
  return middle;
}
