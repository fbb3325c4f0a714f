/** Writes what a command has to say to standard output. */
import { stdout } from "node:process";

/** A reader that has seen enough and gone (`| head`) is no failure of ours. */
export function print(text: string): void {
  stdout.once("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  stdout.write(text);
}
