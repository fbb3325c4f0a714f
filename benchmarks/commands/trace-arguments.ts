/** The words behind `trace`: our options, docker's flags, an image, and a command that may have options of its own. */
import { MisuseError } from "../../research/misuse.ts";
import { scanWords } from "../design/flags/scan-words.ts";
import { ENGINE, EXPECT_EXIT, PROBE, SIDECAR, UNTIL } from "./engine-options.ts";

export const TRACE_OPTIONS = {
  from: { type: "string", requiresArg: true, describe: "Draw captured starts from a JSON file instead" },
  format: {
    choices: ["text", "json", "perfetto"],
    requiresArg: true,
    default: "text",
    describe: "Output format; perfetto: for ui.perfetto.dev and speedscope",
  },
  why: { type: "boolean", default: false, describe: "Tell what each phase waits for, and what helps" },
  pull: {
    choices: ["never", "missing", "always"],
    requiresArg: true,
    default: "never",
    describe: "Pull the image before the start is measured",
  },
  until: UNTIL,
  "expect-exit": EXPECT_EXIT,
  stop: { type: "boolean", default: false, describe: "Stop the container, and draw its end, too" },
  time: { type: "string", requiresArg: true, describe: "With --stop: seconds until it is killed, as of docker stop" },
  engine: ENGINE,
  probe: PROBE,
  sidecar: SIDECAR,
} as const;

const GRAMMAR = {
  command: "trace",
  valued: Object.entries(TRACE_OPTIONS).flatMap(([name, option]) =>
    "type" in option && option.type !== "string" ? [] : [`--${name}`],
  ),
  switches: ["--why", "--no-why", "--stop", "--no-stop", "--sidecar", "--no-sidecar", "--help", "--version", "--flags"],
  refused: { platform: { why: "it starts the image that the engine has; pull the one you mean first" } },
  leading: 1,
} as const;

/**
 * The same words with our options first, docker's as `--name=value`, and `--` before the command, of which nothing is then
 * read as ours. Options may stand before and behind the image, up to the first other word: from there all is the command.
 * @throws MisuseError for a flag that is not supported
 */
export function traceArguments(words: readonly string[]): string[] {
  const { options, given } = scanWords(words, GRAMMAR);
  const [image, ...command] = given;
  if (image === undefined) return [...options];
  if (image.startsWith("-")) throw new MisuseError(`${JSON.stringify(image)} stands where the image is expected`);
  return [...options, image, "--", ...command];
}
