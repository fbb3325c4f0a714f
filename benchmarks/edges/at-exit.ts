/** What must not outlast this process, where an interrupt does not wait until its owner comes to it. */
import process from "node:process";

const due = new Set<() => void>();

/**
 * @param action done when the process exits, at once and without waiting for anything
 * @returns calls it off
 */
export function atExit(action: () => void): () => void {
  if (due.size === 0) process.once("exit", doAll);
  due.add(action);
  return () => {
    due.delete(action);
    if (due.size === 0) process.off("exit", doAll);
  };
}

function doAll(): void {
  for (const action of due) {
    try {
      action();
    } catch {
      // The others are to be done all the same; `tierbench sweep` finds this one.
    }
  }
}
