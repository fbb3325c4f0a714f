/**
 * The last line of a terminal, which says what is being done. Whatever else is written to standard error while it is there
 * is written by {@link above}, so that neither overwrites the other. Without a terminal there is no such line.
 */
import { env, stderr } from "node:process";
import { createLogUpdate } from "log-update";
import { shown, type Terminal, terminalOf } from "../../../research/text/screen/terminal.ts";
import { message } from "../../../research/text/visible.ts";

const line = createLogUpdate(stderr);
let text = "";

/** Of standard error; read again each time, as windows change their size. */
export const statusTerminal = (): Terminal => terminalOf({ isTTY: stderr.isTTY === true, columns: stderr.columns, env });

/** Replaces the line. @param next one line, narrower than the terminal; empty for none */
export function status(next: string): void {
  if (!stderr.isTTY) return;
  text = shown(message(next), statusTerminal());
  if (text === "") line.clear();
  else line(text);
}

/** Lets a line of its own be written, above the status. */
export function above(write: () => void): void {
  if (text !== "") line.clear();
  write();
  if (text !== "") line(text);
}

/** Says what is being done, and for how long by now, until it is disposed of: for what tells nothing of its progress. */
export function working(what: string): Disposable & { readonly tell: (how: string) => void } {
  const begun = performance.now();
  let detail = "";
  const draw = (): void => status(`${what} · ${Math.round((performance.now() - begun) / 1000)} s${detail}`);
  draw();
  const timer = stderr.isTTY ? setInterval(draw, 1000) : undefined;
  return {
    tell: (how) => {
      detail = ` · ${how}`;
    },
    [Symbol.dispose]: () => {
      clearInterval(timer);
      status("");
    },
  };
}
