/** The terminal that the output goes to, if it is one. */
import { env, stderr, stdout } from "node:process";
import { styleText } from "node:util";
import type { Tier } from "../../../research/phases.ts";
import { type Surroundings, type Terminal, terminalOf, type Window } from "../../../research/text/screen/terminal.ts";

const COLOURS = { daemon: "blue", runtime: "yellow", process: "magenta" } as const satisfies Record<Tier, string>;

export const outputSurroundings = (): Surroundings => ({ isTTY: stdout.isTTY === true, columns: stdout.columns, env });
export const errorSurroundings = (): Surroundings => ({ isTTY: stderr.isTTY === true, columns: stderr.columns, env });

export const terminal = (): Window => terminalOf(outputSurroundings());

/** Colours by tier, where there are colours. */
export const paintFor =
  ({ colour }: Terminal) =>
  (tier: Tier, text: string): string =>
    colour && text !== "" ? styleText(COLOURS[tier], text, { validateStream: false }) : text;
