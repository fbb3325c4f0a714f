/** What is said of a container that failed: its exit code, its last words, and a processor that its program is not for. */

const LONGEST = 300;

/** What the kernel says to a program for another kind of processor, in the words of shells, runtimes and engines. */
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

/** Why a program cannot be executed, by what its image and the engine say of themselves. */
export const processorProblem = ({ image, engine }: { readonly image: string; readonly engine: string }): string =>
  image === engine
    ? `image and engine are both for ${engine}: the program is for another processor, or a script without a #! line`
    : `the image is for ${image} and the engine's host is ${engine}: use an image for ${engine}`;
