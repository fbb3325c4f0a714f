/** Writes what a command has to say: its result to standard output, what is to be known of it to standard error. */
import { stdout } from "node:process";
import { folded } from "../../research/text/screen/folded.ts";
import { escaped, message } from "../../research/text/visible.ts";
import { errorSurroundings } from "../edges/terminal/terminal.ts";

/** A reader that has seen enough and gone (`| head`) is no failure of ours: see the listener in scripts/tierbench.ts. */
export const print = (text: string): unknown => stdout.write(escaped(text));

export const complain = (line: string): void => console.error(folded(message(line), errorSurroundings()));

/** Colours and all: a screen has made strangers' text visible itself. */
export const printScreen = (text: string): unknown => stdout.write(text);
