/** Starts of a command that the user chose, and what is waited for beyond their end. */
import { STARTUP } from "../../research/protocol.ts";
import type { StartRequest } from "./observe-start.ts";

export interface OwnStarts {
  /** `undefined`: the image's own. */
  readonly command: readonly string[] | undefined;
  readonly wait: Pick<StartRequest, "until" | "expectExit">;
  /** Both, for people. */
  readonly words: string;
}

export const PLAIN_STARTS: OwnStarts = { command: STARTUP.command, wait: {}, words: STARTUP.command.join(" ") };
