/** Writes what a command has to say to standard output. */
import { stdout } from "node:process";

/** A reader that has seen enough and gone (`| head`) is no failure of ours: see the listener in scripts/tierbench.ts. */
export const print = (text: string): unknown => stdout.write(text);
