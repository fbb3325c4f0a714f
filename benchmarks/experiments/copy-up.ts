/** The first write to a file of the image: overlayfs copies it up first. The second is the control, and so is a volume. */
import { COPY_UP_SIZES, COPY_UP_STORAGES, copyUpTable } from "../../research/tables/copy-up.ts";
import { defineSharingExperiment, NOTHING_TO_REMOVE } from "../design/experiment.ts";
import { between } from "../workloads/marks.ts";
import { python, runWorkload, sections } from "../workloads/workload.ts";

/** Random bytes, so that no file system finds holes or compresses them. */
const fill = python(
  `for size in ${JSON.stringify(COPY_UP_SIZES)}:`,
  "  os.makedirs(f'/data/{size}')",
  "  with open(f'/data/{size}/file', 'wb') as file:",
  "    for begin in range(0, size, 1000000): file.write(os.urandom(min(1000000, size - begin)))",
);
const RECIPE = "1";

/** Each file is read first: what is timed is the copy, not the disk. */
const writeTwice = (sizes: readonly number[]): string[] =>
  python(
    "def write(path):",
    "  descriptor = os.open(path, os.O_WRONLY)",
    "  os.write(descriptor, b'x')",
    "  os.close(descriptor)",
    "def write_twice(size):",
    "  path = f'/data/{size}/file'",
    "  with open(path, 'rb', 0) as file:",
    "    while file.read(1 << 20): pass",
    "  measure_nothing()",
    "  mark('begin'); write(path); mark('first'); pause()",
    "  mark('again'); write(path); mark('second')",
    sections(
      "write_twice",
      sizes.map((size) => [size]),
    ),
  );

export const copyUp = defineSharingExperiment("copy-up", {
  table: copyUpTable,
  conditions: COPY_UP_STORAGES.flatMap((storage) => COPY_UP_SIZES.map((file_bytes) => ({ storage, file_bytes }))),
  // A volume takes in whatever the image has at its place: a container of the layer has none.
  container: ({ storage }) => storage,
  share: 50,
  asked: ({ storage, file_bytes }) => storage === "layer" && file_bytes === 100_000_000,
  warmupBlocks: 1,
  blockSeconds: 1.2,
  roles: ["python"],
  workload: `write of one byte to a file of random bytes, image of recipe ${RECIPE}, the files of a storage in one container`,
  open: async (laboratory, signal) => {
    const { images, store } = laboratory;
    const image = await store.derive({ name: "copy-up", recipe: RECIPE, from: images.python, command: fill }, signal);
    return {
      ...NOTHING_TO_REMOVE,
      trials: (conditions, trialSignal) => {
        const mounts = conditions.some(({ storage }) => storage === "volume")
          ? [{ kind: "volume" as const, target: "/data" }]
          : [];
        const command = writeTwice(conditions.map(({ file_bytes }) => file_bytes));
        return runWorkload(
          laboratory,
          {
            request: { image, command, settings: { network: "none", mounts } },
            conditions,
            unmeasured: copyUpTable.unmeasured,
            read: (marks) => {
              const first_write_ns = between(marks, "begin", "first");
              const measured = {
                clock: marks.clock,
                first_write_ns,
                second_write_ns: between(marks, "again", "second"),
                empty_ns: between(marks, "empty", "nothing"),
              };
              return { measured, headline: first_write_ns };
            },
          },
          trialSignal,
        );
      },
    };
  },
});
