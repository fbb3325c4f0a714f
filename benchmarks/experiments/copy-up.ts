/** The first write to a file of the image: overlayfs copies it up first. The second is the control, and so is a volume. */
import { COPY_UP_SIZES, COPY_UP_STORAGES, copyUpTable } from "../../research/tables/copy-up.ts";
import { defineExperiment, NOTHING_TO_REMOVE } from "../experiment.ts";
import { between } from "../marks.ts";
import { python, runWorkload } from "../workload.ts";

/** Random bytes, so that no file system finds holes or compresses them. A folder a size: a volume takes one of them in. */
const fill = python(
  `for size in ${JSON.stringify(COPY_UP_SIZES)}:`,
  "  os.makedirs(f'/data/{size}')",
  "  with open(f'/data/{size}/file', 'wb') as file:",
  "    for begin in range(0, size, 1000000): file.write(os.urandom(min(1000000, size - begin)))",
);
const RECIPE = "1";

/** The file is read first: what is timed is the copy, not the disk. */
const writeTwice = (bytes: number): string[] =>
  python(
    `path = '/data/${bytes}/file'`,
    "with open(path, 'rb', 0) as file:",
    "  while file.read(1 << 20): pass",
    "def write():",
    "  descriptor = os.open(path, os.O_WRONLY)",
    "  os.write(descriptor, b'x')",
    "  os.close(descriptor)",
    "measure_nothing()",
    "mark('begin'); write(); mark('first'); pause()",
    "mark('again'); write(); mark('second')",
  );

export const copyUp = defineExperiment("copy-up", {
  table: copyUpTable,
  conditions: COPY_UP_STORAGES.flatMap((storage) => COPY_UP_SIZES.map((file_bytes) => ({ storage, file_bytes }))),
  share: 25,
  warmupBlocks: 1,
  blockSeconds: 3,
  roles: ["python"],
  workload: `write of one byte to a file of random bytes, image of recipe ${RECIPE}`,
  open: async (laboratory, signal) => {
    const { images, store } = laboratory;
    const image = await store.derive({ name: "copy-up", recipe: RECIPE, from: images.python, command: fill }, signal);
    return {
      ...NOTHING_TO_REMOVE,
      trial: ({ storage, file_bytes }, trialSignal) => {
        const mounts = storage === "volume" ? [{ kind: "volume" as const, target: `/data/${file_bytes}` }] : [];
        const request = { image, command: writeTwice(file_bytes), settings: { network: "none" as const, mounts } };
        return runWorkload(
          laboratory,
          request,
          copyUpTable.unmeasured,
          (marks) => {
            const first_write_ns = between(marks, "begin", "first");
            const second_write_ns = between(marks, "again", "second");
            const measured = {
              clock: marks.clock,
              first_write_ns,
              second_write_ns,
              empty_ns: between(marks, "empty", "nothing"),
            };
            return { measured, headline: first_write_ns };
          },
          trialSignal,
        );
      },
    };
  },
});
