/** The terminal that the output goes to, if it is one. */
import { env, stderr, stdout } from "node:process";
import { styleText } from "node:util";
import type { Tier } from "../../../research/phases.ts";
import { type Surroundings, type Terminal, terminalOf } from "../../../research/text/screen/terminal.ts";
import type { Paint } from "../../timeline/drawing/waterfall.ts";

const COLOURS = { daemon: "blue", runtime: "yellow", process: "magenta" } as const satisfies Record<Tier, string>;

export const outputSurroundings = (): Surroundings => ({ isTTY: stdout.isTTY === true, columns: stdout.columns, env });
export const errorSurroundings = (): Surroundings => ({ isTTY: stderr.isTTY === true, columns: stderr.columns, env });

export const terminal = (): Terminal => terminalOf(outputSurroundings());

export const columns = (): number => terminal().columns;

/** Colours by tier; plain where the output is no terminal or NO_COLOR is set. */
export const paint: Paint = (tier, text) => (terminal().colour && tier !== null ? styleText(COLOURS[tier], text) : text);
