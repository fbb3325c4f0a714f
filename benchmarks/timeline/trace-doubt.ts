/** Why a trace is not to be trusted: events were dropped, or its text is not what it was taken for. */
import { readTraceText } from "./trace-text.ts";

const WRITER = /^(.{16})-\d+ /s;
/** Of the events that are left. What a start itself does is spread over a dozen programs. */
const MOST = 0.5;

/**
 * @param lost events that the kernel dropped
 * @param lines those that it did not
 * @returns `undefined` when there is no doubt
 */
export function traceDoubt({ lost, lines }: { readonly lost: number; readonly lines: readonly string[] }): string | undefined {
  if (lost > 0) return `the kernel dropped ${lost} trace events: ${causeOfLoss(lines)}`;
  const { unreadable } = readTraceText(lines);
  const [first] = unreadable;
  return first === undefined
    ? undefined
    : `${unreadable.length} of ${lines.length} lines of the kernel's trace cannot be read, the first: ${JSON.stringify(first.slice(0, 120))}`;
}

/** The process that made most of the remaining events has most likely displaced the others. */
function causeOfLoss(lines: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const name = WRITER.exec(line)?.[1]?.trim();
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most === undefined || most[1] < MOST * lines.length
    ? "the machine is busy with other work; measure when it does nothing else"
    : `${most[1]} of the ${lines.length} that are left come from the program ${JSON.stringify(most[0])}; stop it while measuring`;
}
