/** Many small operations on names: create, stat, rename, delete. */
import { METADATA_STORAGES, metadataTable } from "../../research/tables/metadata.ts";
import { defineSharingExperiment, NOTHING_TO_REMOVE } from "../design/experiment.ts";
import { between } from "../workloads/marks.ts";
import { mountsFor } from "../workloads/storage.ts";
import { python, runWorkload, sections } from "../workloads/workload.ts";

const FILES = 500;

/**
 * Of Linux's `fs.h`. What is made in a folder with this flag lies on ext4 in a block group of its own: it reuses no inode that
 * was deleted less than minutes ago and searches past each, so that without it trials that follow each other are slower and
 * slower, up to forty times. Other file systems refuse it, and are left as they are.
 */
const [GET_FLAGS, SET_FLAGS, TOP_FOLDER] = [0x80086601, 0x40086602, 0x00020000];

/** What a trial leaves to be written back is on the disk before the next begins. */
const everyOperation = (storages: readonly string[]): string[] =>
  python(
    "import fcntl, struct",
    "os.makedirs('/overlay', exist_ok=True)",
    `names = [f'file-{index}' for index in range(${FILES})]`,
    "new = [f'new-{index}' for index in range(len(names))]",
    "def opened(name, parent=None): return os.open(name, os.O_RDONLY | os.O_DIRECTORY, dir_fd=parent)",
    "def set_apart(folder):",
    `  flags, = struct.unpack('i', fcntl.ioctl(folder, ${GET_FLAGS}, bytes(4)))`,
    `  fcntl.ioctl(folder, ${SET_FLAGS}, struct.pack('i', flags | ${TOP_FOLDER}))`,
    "def operate(storage):",
    "  above = opened(f'/{storage}')",
    "  try: set_apart(above)",
    "  except OSError: pass",
    "  own = f'trial-{time.time_ns()}'",
    "  os.mkdir(own, dir_fd=above)",
    "  folder = opened(own, above)",
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
    "  os.close(folder); os.rmdir(own, dir_fd=above); os.close(above); os.sync()",
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
  workload: `${FILES} files in a new folder apart from others, all storages in one container`,
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
