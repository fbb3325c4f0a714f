/** Options that several commands share. */
import { PROBES } from "../../research/protocol.ts";
import { folded, foldedFor } from "../../research/text/screen/folded.ts";
import { message } from "../../research/text/visible.ts";
import { UNTIL_EXPECTED } from "../design/until.ts";
import { above } from "../edges/terminal/status-line.ts";
import { errorSurroundings, outputSurroundings, terminal } from "../edges/terminal/terminal.ts";

export const ENGINE = {
  type: "string",
  requiresArg: true,
  describe:
    "Docker engine: unix:///path, tcp://host:port or ssh://user@host (default: DOCKER_HOST, the docker context, the default socket, or a private engine)",
} as const;
export const PROBE = {
  choices: ["auto", ...PROBES] as const,
  requiresArg: true,
  default: "auto" as const,
  describe: "Source of the times between the API calls",
};
export const SIDECAR = {
  type: "boolean",
  default: true,
  describe: "Allow a helper container with SYS_ADMIN on the engine; --no-sidecar forbids it",
} as const;

export const UNTIL = {
  type: "string",
  requiresArg: true,
  describe: `Also measure until the container is ready: ${UNTIL_EXPECTED}`,
} as const;
export const EXPECT_EXIT = {
  type: "string",
  requiresArg: true,
  describe: "Exit code of a container that did what it should (default: 0)",
} as const;

/** Progress and notes: stdout belongs to results; above the line that says what is being done. */
export const say = (line: string): void => above(() => console.error(folded(message(line), errorSurroundings())));

/** A line of a description that is read from top to bottom. */
export const describe = (line: string): void => console.log(foldedFor(message(line), terminal()));

/** A line of the result. */
export const tell = (line: string): void => console.log(folded(message(line), outputSurroundings()));
