/** Many small operations on names: create, stat, rename, delete. */
import { METADATA_STORAGES, metadataTable } from "../../research/tables/metadata.ts";
import { defineExperiment, NOTHING_TO_REMOVE } from "../experiment.ts";
import { between } from "../marks.ts";
import { mountsFor } from "../storage.ts";
import { python, runWorkload } from "../workload.ts";

const FILES = 500;

const everyOperation = python(
  "os.makedirs('/data', exist_ok=True)",
  "folder = os.open('/data', os.O_RDONLY | os.O_DIRECTORY)",
  `names = [f'file-{index}' for index in range(${FILES})]`,
  "new = [f'new-{index}' for index in range(len(names))]",
  "measure_nothing()",
  "mark('create')",
  "for name in names: os.close(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=folder))",
  "mark('stat')",
  "for name in names: os.stat(name, dir_fd=folder)",
  "mark('rename')",
  "for name, other in zip(names, new): os.rename(name, other, src_dir_fd=folder, dst_dir_fd=folder)",
  "mark('delete')",
  "for name in new: os.unlink(name, dir_fd=folder)",
  "mark('end')",
);

export const metadata = defineExperiment("metadata", {
  table: metadataTable,
  conditions: METADATA_STORAGES.map((storage) => ({ storage })),
  share: 30,
  warmupBlocks: 1,
  blockSeconds: 1.6,
  roles: ["python"],
  workload: `${FILES} files`,
  open: async (laboratory) => ({
    ...NOTHING_TO_REMOVE,
    trial: ({ storage }, signal) =>
      runWorkload(
        laboratory,
        {
          image: laboratory.images.python,
          command: everyOperation,
          settings: { network: "none", mounts: mountsFor(storage, "/data") },
        },
        metadataTable.unmeasured,
        (marks) => {
          const create_ns = between(marks, "create", "stat");
          const measured = {
            clock: marks.clock,
            files: FILES,
            create_ns,
            stat_ns: between(marks, "stat", "rename"),
            rename_ns: between(marks, "rename", "delete"),
            delete_ns: between(marks, "delete", "end"),
            empty_ns: between(marks, "empty", "nothing"),
          };
          return { measured, headline: create_ns };
        },
        signal,
      ),
  }),
});
