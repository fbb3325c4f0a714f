/** Sequential writing of a new file, to each kind of storage a container may have. */
import { WRITE_MODES, WRITE_STORAGES, writeTable } from "../../research/tables/write.ts";
import { defineSharingExperiment } from "../design/experiment.ts";
import { between } from "../workloads/marks.ts";
import { mountsFor } from "../workloads/storage.ts";
import { python, runWorkload, sections } from "../workloads/workload.ts";

const PIECES = 256;
const PIECE_BYTES = 1 << 20;

type Condition = { readonly storage: (typeof WRITE_STORAGES)[number]; readonly mode: (typeof WRITE_MODES)[number] };

/**
 * Memory from mmap begins on a page, as O_DIRECT requires. What a trial leaves to be written back is on the disk, or gone
 * with its file, before the next begins.
 */
const writeFiles = (conditions: readonly Condition[]): string[] =>
  python(
    "import mmap",
    `piece = mmap.mmap(-1, ${PIECE_BYTES}); piece.write(os.urandom(${PIECE_BYTES}))`,
    "os.makedirs('/overlay', exist_ok=True)",
    "def write(storage, mode):",
    "  path = f'/{storage}/file'",
    "  flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | (os.O_DIRECT if mode == 'direct' else 0)",
    "  try:",
    "    descriptor = os.open(path, flags, 0o600)",
    "    try:",
    "      measure_nothing()",
    "      mark('begin')",
    `      for _ in range(${PIECES}):`,
    `        if os.write(descriptor, piece) != ${PIECE_BYTES}: raise OSError('a write was cut short: is the disk full?')`,
    "      if mode == 'fsync': os.fsync(descriptor)",
    "      mark('end')",
    "    finally: os.close(descriptor)",
    "  finally:",
    // Some file systems make the file before they refuse to open it with O_DIRECT.
    "    if os.path.exists(path): os.unlink(path)",
    "    os.sync()",
    sections(
      "write",
      conditions.map(({ storage, mode }) => [storage, mode]),
    ),
  );

export const write = defineSharingExperiment("write", {
  table: writeTable,
  conditions: WRITE_STORAGES.flatMap((storage) => WRITE_MODES.map((mode) => ({ storage, mode }))),
  container: () => "one",
  share: 50,
  asked: ({ storage, mode }) => mode === "buffered" && (storage === "overlay" || storage === "volume"),
  warmupBlocks: 1,
  blockSeconds: 2.5,
  roles: ["python"],
  workload: `${PIECES} pieces of ${PIECE_BYTES} bytes, all storages and modes in one container`,
  open: async (laboratory) => {
    const { images, engine } = laboratory;
    const folder = await engine.createVolume();
    const mounts = WRITE_STORAGES.flatMap((storage) => mountsFor(storage, `/${storage}`, folder.path));
    return {
      trials: (conditions, signal) =>
        runWorkload(
          laboratory,
          {
            request: { image: images.python, command: writeFiles(conditions), settings: { network: "none", mounts } },
            conditions,
            unmeasured: writeTable.unmeasured,
            read: (marks) => {
              const write_ns = between(marks, "begin", "end");
              const empty_ns = between(marks, "empty", "nothing");
              return { measured: { clock: marks.clock, bytes: PIECES * PIECE_BYTES, write_ns, empty_ns }, headline: write_ns };
            },
          },
          signal,
        ),
      [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
    };
  },
});
