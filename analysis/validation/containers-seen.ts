/** A container is started once; where trials of a block share one, it is in no other block. */
import type { AnyRow } from "../../research/tables/catalogue.ts";

/** So many hexadecimal digits are a number exactly; the engine itself names a container by twelve. */
const ID_DIGITS = 13;

/** @returns for rows in their order what is wrong with a container that was there before; `undefined` where nothing is */
export function containersSeen(): (row: AnyRow, isNew: boolean, line: number | null) => string | undefined {
  // As numbers: a million ids as text would keep the whole file in memory.
  const lines = new Map<number, number>();
  const blocks = new Map<number, string>();
  return (row, isNew, line) => {
    if (row.container_id === null) return undefined;
    const isOwn = "create_sent_ns" in row || "stop_sent_ns" in row || "total_ns" in row;
    // The rows of a trial may be of one container, but where each is a start.
    if (!isNew && !("create_sent_ns" in row)) return undefined;
    const id = Number.parseInt(row.container_id.slice(0, ID_DIGITS), 16);
    if (!isOwn) {
      const here = `${row.session} ${row.block}`;
      const there = blocks.get(id) ?? here;
      blocks.set(id, there);
      return there === here ? undefined : "trials of another block had this container";
    }
    const before = lines.get(id);
    lines.set(id, line ?? 0);
    return before === undefined
      ? undefined
      : `${before === 0 ? "an earlier row" : `line ${before}`} started this container already`;
  };
}
