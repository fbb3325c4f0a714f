/** The label of a platform that nobody named. */
import { MisuseError } from "../../../research/misuse.ts";
import type { RunOptions } from "./run-options.ts";

/**
 * What `--platform` says, or one of its own: `local-20261126-063000`, by the local clock, as scripts/reproduce calls it.
 * @throws MisuseError where it is to be there already
 */
export function namedOrNew(
  { platform, append, resume }: Pick<RunOptions, "platform" | "append" | "resume">,
  now: Date,
): readonly string[] {
  if (platform !== undefined && platform.length > 0) return platform;
  if (append || resume)
    throw new MisuseError(`--${append ? "append" : "resume"} is for a platform that is there: name it with --platform LABEL`);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return [`local-${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`];
}
