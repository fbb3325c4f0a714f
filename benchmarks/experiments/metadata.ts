/** Many small operations on names: create, stat, rename, delete. */
import { METADATA_STORAGES, metadataTable } from "../../research/tables/metadata.ts";
import { defineSharingExperiment, NOTHING_TO_REMOVE } from "../design/experiment.ts";
import { between } from "../workloads/marks.ts";
import { mountsFor } from "../workloads/storage.ts";
import { python, runWorkload, sections } from "../workloads/workload.ts";

const FILES = 500;

/** What a trial leaves to be written back is on the disk before the next begins. */
const everyOperation = (storages: readonly string[]): string[] =>
  python(
    "os.makedirs('/overlay', exist_ok=True)",
    `names = [f'file-{index}' for index in range(${FILES})]`,
    "new = [f'new-{index}' for index in range(len(names))]",
    "def operate(storage):",
    "  folder = os.open(f'/{storage}', os.O_RDONLY | os.O_DIRECTORY)",
    "  measure_nothing()",
    "  mark('create')",
    "  for name in names: os.close(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=folder))",
    "  mark('stat')",
    "  for name in names: os.stat(name, dir_fd=folder)",
    "  mark('rename')",
    "  for name, other in zip(names, new): os.rename(name, other, src_dir_fd=folder, dst_dir_fd=folder)",
    "  mark('delete')",
    "  for name in new: os.unlink(name, dir_fd=folder)",
    "  mark('end')",
    "  os.close(folder); os.sync()",
    sections(
      "operate",
      storages.map((storage) => [storage]),
    ),
  );

export const metadata = defineSharingExperiment("metadata", {
  table: metadataTable,
  conditions: METADATA_STORAGES.map((storage) => ({ storage })),
  container: () => "one",
  share: 50,
  warmupBlocks: 1,
  blockSeconds: 1.2,
  roles: ["python"],
  workload: `${FILES} files, all storages in one container`,
  open: async (laboratory) => ({
    ...NOTHING_TO_REMOVE,
    trials: (conditions, signal) =>
      runWorkload(
        laboratory,
        {
          request: {
            image: laboratory.images.python,
            command: everyOperation(conditions.map(({ storage }) => storage)),
            settings: {
              network: "none",
              mounts: METADATA_STORAGES.flatMap((storage) => mountsFor(storage, `/${storage}`)),
            },
          },
          conditions,
          unmeasured: metadataTable.unmeasured,
          read: (marks) => {
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
        },
        signal,
      ),
  }),
});
