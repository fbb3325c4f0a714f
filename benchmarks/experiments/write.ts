/** Sequential writing of a new file, to each kind of storage a container may have. */
import { WRITE_MODES, WRITE_STORAGES, writeTable } from "../../research/tables/write.ts";
import { defineExperiment } from "../experiment.ts";
import { between } from "../marks.ts";
import { mountsFor } from "../storage.ts";
import { python, runWorkload } from "../workload.ts";

const PIECES = 256;
const PIECE_BYTES = 1 << 20;

/** Memory from mmap begins on a page, as O_DIRECT wants it. */
const writeFile = (mode: (typeof WRITE_MODES)[number]): string[] =>
  python(
    "import mmap",
    `piece = mmap.mmap(-1, ${PIECE_BYTES}); piece.write(os.urandom(${PIECE_BYTES}))`,
    "os.makedirs('/data', exist_ok=True)",
    `flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL${mode === "direct" ? " | os.O_DIRECT" : ""}`,
    "descriptor = os.open('/data/file', flags, 0o600)",
    "measure_nothing()",
    "mark('begin')",
    `for _ in range(${PIECES}):`,
    `  if os.write(descriptor, piece) != ${PIECE_BYTES}: sys.exit('a write was cut short: is the disk full?')`,
    ...(mode === "fsync" ? ["os.fsync(descriptor)"] : []),
    "mark('end')",
    // The bind's folder outlives the container.
    "os.unlink('/data/file')",
  );

export const write = defineExperiment("write", {
  table: writeTable,
  conditions: WRITE_STORAGES.flatMap((storage) => WRITE_MODES.map((mode) => ({ storage, mode }))),
  share: 15,
  warmupBlocks: 1,
  blockSeconds: 8,
  roles: ["python"],
  workload: `${PIECES} pieces of ${PIECE_BYTES} bytes`,
  open: async (laboratory) => {
    const { images, engine } = laboratory;
    const folder = await engine.createVolume();
    return {
      trial: ({ storage, mode }, signal) =>
        runWorkload(
          laboratory,
          {
            image: images.python,
            command: writeFile(mode),
            settings: { network: "none", mounts: mountsFor(storage, "/data", folder.path) },
          },
          writeTable.unmeasured,
          (marks) => {
            const write_ns = between(marks, "begin", "end");
            const empty_ns = between(marks, "empty", "nothing");
            return { measured: { clock: marks.clock, bytes: PIECES * PIECE_BYTES, write_ns, empty_ns }, headline: write_ns };
          },
          signal,
        ),
      [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
    };
  },
});
