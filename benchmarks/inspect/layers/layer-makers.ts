/** Which step of an image's build made which layer. */
import { withoutSecrets } from "../without-secrets.ts";

/** One step (`GET /images/ID/history`, the newest first; or of an image's configuration, the oldest first). */
export interface HistoryStep {
  readonly createdBy: string;
  /** Whether it made no layer; `undefined` where that is not said. */
  readonly isEmpty: boolean | undefined;
  readonly bytes: number;
}

/** What Docker's builders write before the command itself. */
const NOISE = /^\/bin\/sh -c (#\(nop\) +)?| *# buildkit$/g;

/**
 * @param steps the oldest first
 * @param layers how many there are
 * @returns a command for each layer, the bottom one first; `null` where it cannot be told which step made it
 */
export function makersOf(steps: readonly HistoryStep[], layers: number): (string | null)[] {
  const making = [
    steps.filter(({ isEmpty }) => isEmpty === false),
    steps.filter(({ isEmpty, bytes }) => isEmpty === undefined && bytes > 0),
    steps,
  ].find((some) => some.length === layers);
  return Array.from({ length: layers }, (_, index) => {
    const said = making?.[index]?.createdBy.replaceAll(NOISE, "").replaceAll(/\s+/g, " ").trim();
    return said === undefined || said === "" ? null : withoutSecrets(withoutArguments(said));
  });
}

/** Values of build arguments may be secret: `|2 A=1 TOKEN=x /bin/sh -c …` */
function withoutArguments(command: string): string {
  const [, head, count, rest] = /^((?:RUN )?)\|(\d{1,3}) (.*)$/.exec(command) ?? [];
  if (rest === undefined) return command;
  const words = rest.split(" ");
  const names = words.slice(0, Number(count)).map((word) => word.split("=")[0]);
  return `${head}${words.slice(Number(count)).join(" ")} (arguments: ${names.join(", ")})`;
}
