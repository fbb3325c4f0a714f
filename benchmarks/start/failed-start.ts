/** The message about a container that failed: its exit code, its last line of standard error, and a wrong architecture. */

const LONGEST = 300;

/** The kernel's refusal of a program for another architecture, as shells, runtimes and engines word it. */
const WRONG_PROCESSOR = /exec format error/i;

export const isForAnotherProcessor = (said: string): boolean => WRONG_PROCESSOR.test(said);

/** The last line of text that says something, without what would move a terminal's cursor. */
export function lastWords(text: string): string {
  const lines = text.split(/[\r\n]+/).map((line) => line.replace(ESCAPES, "").replace(CONTROLS, "").trim());
  return lines.findLast((line) => line !== "")?.slice(0, LONGEST) ?? "";
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const ESCAPES = /\u001b\[[0-9;?]*[A-Za-z]/g;
const CONTROLS = /\p{Cc}/gu;

/** @param errors end of the container's standard error */
export function exitProblem(exitCode: number, errors: string): string {
  const words = lastWords(errors);
  return `the container exited with code ${exitCode}${words === "" ? "" : `: ${words}`}`;
}

/** Why a program cannot be executed, from the architectures of its image and the engine. */
export const processorProblem = ({ image, engine }: { readonly image: string; readonly engine: string }): string =>
  image === engine
    ? `image and engine are both for ${engine}: the program is for another processor, or a script without a #! line`
    : `the image is for ${image} and the engine's host is ${engine}: use an image for ${engine}`;
