/** How much memory containers of one image share. */
import { memoryTable, POPULATIONS } from "../../research/tables/memory.ts";
import { milliseconds } from "../../research/units.ts";
import { defineExperiment } from "../design/experiment.ts";
import type { ContainerRequest, MemoryAccount } from "../design/ports.ts";
import { IdleContainers } from "../workloads/idle-containers.ts";
import { python } from "../workloads/workload.ts";

type Measured = typeof memoryTable.unmeasured;

const IDLE = python("mark('idle')", "time.sleep(1000000)");
/** Nothing is timed: each reports that it is idle, and sleeps. */
const SETTLE = milliseconds(100);

/**
 * Rewrites every file that the program maps: the same bytes, in files of the image's own. Layers that are alike to the
 * byte, times in seconds included, are one and the same layer to the engine: what tells these apart is the variant's number.
 */
const ownFiles = (variant: number): string[] =>
  python(
    "mapped = {line.split(maxsplit=5)[5].strip() for line in open('/proc/self/maps') if line.count('/') > 0}",
    "for path in sorted(path for path in mapped if os.path.isfile(path)):",
    "  with open(path, 'rb') as file: content = file.read()",
    "  with open(path + '.own', 'wb') as file: file.write(content)",
    "  os.chmod(path + '.own', os.stat(path).st_mode)",
    "  os.replace(path + '.own', path)",
    `with open('/variant', 'w') as file: file.write('${variant}')`,
  );
const RECIPE = "2";
const VARIANTS = [1, 2, 3] as const;

export const memory = defineExperiment("memory", {
  table: memoryTable,
  conditions: POPULATIONS.map((population) => ({ population })),
  share: 50,
  asked: ({ population }) => population === "3",
  warmupBlocks: 0,
  blockSeconds: 3,
  roles: ["python"],
  workload: `idle python3, images of recipe ${RECIPE}`,
  open: async ({ engine, images, store, accounts, clock }, signal) => {
    const variants: string[] = [];
    for (const variant of VARIANTS) {
      const recipe = { name: `memory-${variant}`, recipe: RECIPE, from: images.python, command: ownFiles(variant) };
      variants.push(await store.derive(recipe, signal));
    }
    const idlers = new IdleContainers(engine);
    const request = (image: string): ContainerRequest => ({ image, command: IDLE, settings: { network: "none" } });
    return {
      trial: async ({ population }, trialSignal) => {
        const began = clock.now();
        const of = population === "3 images" ? variants : Array.from({ length: Number(population) }, () => images.python);
        try {
          await idlers.add(of.map(request), trialSignal);
          await clock.sleep(SETTLE, trialSignal);
          const accounted = [];
          for (const id of idlers.ids) accounted.push(await accounts.memory(id));
          const part = { outcome: "ok", problem: undefined, began, containerId: undefined, measured: total(accounted) } as const;
          return { parts: [part], headline: null };
        } finally {
          await idlers[Symbol.asyncDispose]();
        }
      },
      [Symbol.asyncDispose]: () => idlers[Symbol.asyncDispose](),
    };
  },
});

function total(accounted: readonly MemoryAccount[]): Measured {
  const sum = (key: keyof MemoryAccount): number => accounted.reduce((all, one) => all + one[key], 0);
  return {
    containers: accounted.length,
    rss_bytes: sum("rss_bytes"),
    pss_bytes: sum("pss_bytes"),
    cgroup_file_bytes: sum("cgroup_file_bytes"),
    cgroup_anon_bytes: sum("cgroup_anon_bytes"),
  };
}
